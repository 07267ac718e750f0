package io.gleaner.render;

import io.gleaner.fetch.FetchRequest;
import io.gleaner.job.ScreenshotSpec;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One page to render.
 *
 * @param fetch what a plain fetch of it would be: URL, headers, time, memory
 * @param key whose context it may use
 * @param screenshot the picture to take, or null; with one, images and fonts are loaded too
 * @param wanted asked once it has a tab; when it says no, nothing is asked for
 */
public record RenderRequest(
        FetchRequest fetch,
        TabKey key,
        WaitUntil waitUntil,
        @Nullable ScreenshotSpec screenshot,
        BooleanSupplier wanted) {

    /** A page that is wanted, come what may. */
    public RenderRequest(FetchRequest fetch, TabKey key, WaitUntil waitUntil) {
        this(fetch, key, waitUntil, null, () -> true);
    }
}
