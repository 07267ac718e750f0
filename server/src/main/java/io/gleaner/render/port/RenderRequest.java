package io.gleaner.render.port;

import io.gleaner.fetch.FetchRequest;
import io.gleaner.job.rendering.RenderMode;
import io.gleaner.job.rendering.RenderSpec;
import java.util.function.BooleanSupplier;

/**
 * One page to render.
 *
 * @param fetch what a plain fetch of it would be: URL, headers, time, memory
 * @param key whose context it may use; all pages of one have the same specification
 * @param spec what the page takes the browser for, what is waited for and done, what is made of it
 * @param wanted asked once it has a tab; when it says no, nothing is asked for
 */
public record RenderRequest(
        FetchRequest fetch, TabKey key, RenderSpec spec, BooleanSupplier wanted) {

    /** A page that is wanted, come what may, taken when it has come to rest. */
    public RenderRequest(FetchRequest fetch, TabKey key) {
        this(fetch, key, RenderSpec.of(RenderMode.ALWAYS), () -> true);
    }
}
