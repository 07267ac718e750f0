package io.gleaner.render;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.Response;
import io.gleaner.job.Screenshot;
import org.jspecify.annotations.Nullable;

/** What rendering a page came to. */
public sealed interface RenderOutcome {

    /**
     * The document as it stands, in the place of the body that the host sent.
     *
     * @param screenshot the picture of it, or null
     */
    record Rendered(Response response, @Nullable Screenshot screenshot) implements RenderOutcome {}

    /** No document, but what a browser shows in one or saves: a plain fetch is right for it. */
    record NotForBrowser(String mediaType) implements RenderOutcome {}

    /** Nobody wants it any more. */
    record Unwanted() implements RenderOutcome {}

    /** No page, as a plain fetch would put it. */
    record Ended(FetchOutcome outcome) implements RenderOutcome {}
}
