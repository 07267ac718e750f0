package io.gleaner.api.jobs;

import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.budget.Budget;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.job.rendering.Action;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredAttachment;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** {@code /api/jobs/{id}/pages/{seq}/…}: what was made of a page besides its content. */
public final class AttachmentsHandler {

    private final Jobs jobs;
    private final Pages pages;
    private final Budget streams;

    public AttachmentsHandler(ApiParts parts) {
        this.jobs = parts.jobs();
        this.pages = parts.pages();
        this.streams = parts.budgets().streams();
    }

    public void screenshot(ServerRequest request, ServerResponse response)
            throws InterruptedException {
        send(request, response, Attachment.SCREENSHOT);
    }

    public void pdf(ServerRequest request, ServerResponse response) throws InterruptedException {
        send(request, response, Attachment.PDF);
    }

    public void action(ServerRequest request, ServerResponse response) throws InterruptedException {
        long index = number(request, "index");
        if (index < 0 || index >= Action.COUNT_MAX) {
            throw BodyReader.refuse(
                    "index", Long.toString(index), "0 to " + (Action.COUNT_MAX - 1));
        }
        send(request, response, Attachment.ofAction((int) index));
    }

    /** Part by part, each held until it has been read. */
    private void send(ServerRequest request, ServerResponse response, String name)
            throws InterruptedException {
        QueryParams.of(request);
        JobRef ref = JobsHandler.ref(request);
        Job job = JobsHandler.found(ref.id(), jobs.find(ref));
        long seq = number(request, "seq");
        StoredAttachment found =
                pages.attachment(job.id(), seq, name).orElseThrow(() -> none(seq, name).raise());
        try (var hold = streams.hold()) {
            hold.awaitAtLeast(StoredAttachment.PART_BYTES);
            send(found, response);
        }
    }

    /** Nothing is answered before the content is there. */
    private static void send(StoredAttachment found, ServerResponse response) {
        try (InputStream content = found.open()) {
            response.header(HeaderNames.CONTENT_TYPE, found.mediaType());
            response.header("X-Content-Type-Options", "nosniff");
            // It is of a page that anybody may have made: it is no page of ours.
            response.header("Content-Security-Policy", "sandbox; default-src 'none'");
            response.contentLength(found.bytes());
            try (OutputStream out = response.outputStream()) {
                content.transferTo(out);
            }
        } catch (IOException e) {
            throw new CloseConnectionException("the attachment was not read to its end", e);
        }
    }

    private static Problem none(long seq, String name) {
        return Problem.of(
                ProblemCode.NO_ATTACHMENT, "page %d of the job has no %s".formatted(seq, name));
    }

    private static long number(ServerRequest request, String name) {
        String text = request.path().pathParameters().get(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw BodyReader.refuse(name, text, "a whole number");
        }
    }
}
