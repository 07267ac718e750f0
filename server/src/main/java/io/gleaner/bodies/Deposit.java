package io.gleaner.bodies;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What of a page lies in the object store already.
 *
 * @param captures what came over the wire, or null when nothing did or it is not there
 * @param attachments by name
 */
public record Deposit(@Nullable UUID captures, Map<String, Kept> attachments) {

    /** Everything goes to the database. */
    public static final Deposit NONE = new Deposit(null, Map.of());

    public Deposit {
        attachments = Map.copyOf(attachments);
    }

    /**
     * One object.
     *
     * @param bytes how many it has
     */
    public record Kept(UUID object, int bytes) {}
}
