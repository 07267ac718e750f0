package io.gleaner.render;

import io.gleaner.fetch.FetchRequest;
import java.util.function.BooleanSupplier;

/**
 * One page to render.
 *
 * @param fetch what a plain fetch of it would be: URL, headers, time, memory
 * @param key whose context it may use
 * @param wanted asked once it has a tab; when it says no, nothing is asked for
 */
public record RenderRequest(
        FetchRequest fetch, TabKey key, WaitUntil waitUntil, BooleanSupplier wanted) {

    /** A page that is wanted, come what may. */
    public RenderRequest(FetchRequest fetch, TabKey key, WaitUntil waitUntil) {
        this(fetch, key, waitUntil, () -> true);
    }
}
