package io.gleaner.api.jobs;

import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.budget.Budget;
import io.gleaner.budget.Hold;
import io.gleaner.export.Export;
import io.gleaner.export.ExportFormat;
import io.gleaner.export.ExportOrder;
import io.gleaner.export.PageFeed;
import io.gleaner.job.Job;
import io.gleaner.job.JobRef;
import io.gleaner.objects.ObjectsException;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/jobs/{id}/export}: the pages that a job has by now, as one file.
 *
 * <p>It streams, so what fails on the way cannot be told by a status: the connection is cut without
 * the last chunk, by which every client knows that the file is not whole. It begins anew then.
 */
public final class ExportHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(ExportHandler.class);
    private static final Map<String, ExportFormat> FORMATS = formats();
    private static final int BUFFER_BYTES = 64 << 10;
    private static final int COLUMNS_MAX = 200;
    private static final HeaderName DISPOSITION = HeaderNames.create("Content-Disposition");

    /** What the index of an archive may call it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    /** Longest wait for memory that other clients take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Jobs jobs;
    private final Pages pages;
    private final Budget streams;

    public ExportHandler(ApiParts parts) {
        this.jobs = parts.jobs();
        this.pages = parts.pages();
        this.streams = parts.budgets().streams();
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws Exception {
        var query = QueryParams.of(request, "format", "columns", "maxBytes", "archive");
        JobRef ref = JobsHandler.ref(request);
        Job job = JobsHandler.found(ref.id(), jobs.find(ref));
        ExportFormat format =
                query.choice("format", FORMATS).orElseGet(() -> Accepted.export(request));
        ExportOrder order = order(job, format, query);
        response.header(HeaderNames.CONTENT_TYPE, format.mediaType())
                .header(DISPOSITION, "attachment; filename=\"%s\"".formatted(name(order)))
                .header(HeaderNames.ACCEPT_RANGES, "none")
                .header(HeaderNames.VARY, "Accept")
                .header(HeaderNames.X_CONTENT_TYPE_OPTIONS, "nosniff");
        try (Hold hold = streams.hold()) {
            var feed = new PageFeed(pages, job.id(), job.done(), bytes -> await(hold, bytes));
            var out = new BufferedOutputStream(response.outputStream(), BUFFER_BYTES);
            write(order, feed, out);
        }
    }

    // Closed only when all went well: closing writes the last chunk.
    private static void write(ExportOrder order, PageFeed feed, OutputStream out)
            throws InterruptedException {
        try {
            Export.write(order, feed, out);
            out.close();
        } catch (IOException e) {
            throw PageStream.gone(e);
        } catch (ObjectsException e) {
            throw e; // Answered, if nothing has been sent yet.
        } catch (RuntimeException | Error e) {
            LOG.error("an export of job {} broke off", order.job().id(), e);
            throw new CloseConnectionException("the export broke off", e);
        }
    }

    private static void await(Hold hold, long bytes) throws InterruptedException {
        hold.close(); // What was read before has been written.
        if (!hold.awaitAtLeast(bytes, PATIENCE)) {
            throw Problem.of(ProblemCode.OVERLOADED, "too many pages are on their way to clients")
                    .retryAfter(PATIENCE)
                    .raise();
        }
    }

    private static ExportOrder order(Job job, ExportFormat format, QueryParams query) {
        String archive =
                query.text("archive").orElseGet(() -> ExportOrder.fileName(job, ExportFormat.WARC));
        if (!NAME.matcher(archive).matches()) {
            throw BodyReader.refuse("archive", archive, "1 to 200 of A-Z a-z 0-9 . _ -");
        }
        long maxBytes =
                query.number(
                                "maxBytes",
                                ExportOrder.MARKDOWN_MIN_BYTES,
                                ExportOrder.MARKDOWN_MAX_BYTES)
                        .orElse(ExportOrder.MARKDOWN_DEFAULT_BYTES);
        List<String> columns = query.text("columns").map(ExportHandler::columns).orElse(List.of());
        try {
            return new ExportOrder(job, format, columns, maxBytes, archive);
        } catch (IllegalArgumentException e) {
            String why = Problem.shorten(String.valueOf(e.getMessage()));
            throw Problem.of(ProblemCode.INVALID_VALUE, why)
                    .with("field", columns.isEmpty() ? "format" : "columns")
                    .with("accepted", why)
                    .raise();
        }
    }

    private static List<String> columns(String text) {
        List<String> names = Arrays.asList(text.split(",", -1));
        if (names.size() > COLUMNS_MAX) {
            throw BodyReader.refuse("columns", "longer", "at most " + COLUMNS_MAX + " names");
        }
        return names;
    }

    private static String name(ExportOrder order) {
        return ExportOrder.fileName(order.job(), order.format());
    }

    private static Map<String, ExportFormat> formats() {
        var byName = new LinkedHashMap<String, ExportFormat>();
        for (ExportFormat format : ExportFormat.values()) {
            byName.put(format.wireName(), format);
        }
        return byName;
    }
}
