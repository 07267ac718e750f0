package io.gleaner.perf.manifests;

import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** What may stand at a place of a manifest. */
sealed interface Shape {

    /**
     * A mapping with known keys.
     *
     * @param name of the type, for messages
     * @param of what each key holds; asked late, since types contain themselves
     * @param required keys that must be there
     */
    record Fields(String name, Map<String, Supplier<Shape>> of, Set<String> required)
            implements Shape {}

    /** A list. */
    record Items(Shape each) implements Shape {}

    /** A mapping whose keys are free. */
    record Entries(Shape each) implements Shape {}

    /** A single value. */
    enum Scalar implements Shape {
        TEXT,
        INTEGER,
        NUMBER,
        TRUTH,
        /** Such as {@code 500m} or {@code 1Gi}. */
        QUANTITY,
        /** Such as a port by number or name. */
        INTEGER_OR_TEXT,
        ANYTHING
    }
}
