package io.gleaner.render.port;

import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.Response;
import io.gleaner.job.rendering.ActionResult;
import io.gleaner.job.rendering.Attachment;
import java.util.List;

/** What rendering a page came to. */
public sealed interface RenderOutcome {

    /**
     * The document as it stands, in the place of the body that the host sent.
     *
     * @param actions what came of the actions that were asked for
     * @param attachments what else was made of it
     */
    record Rendered(Response response, List<ActionResult> actions, List<Attachment> attachments)
            implements RenderOutcome {}

    /** No document, but what a browser shows in one or saves: a plain fetch is right for it. */
    record NotForBrowser(String mediaType) implements RenderOutcome {}

    /** Nobody wants it any more. */
    record Unwanted() implements RenderOutcome {}

    /** No page, as a plain fetch would put it. */
    record Ended(FetchOutcome outcome) implements RenderOutcome {}
}
