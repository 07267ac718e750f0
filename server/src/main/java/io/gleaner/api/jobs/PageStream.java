package io.gleaner.api.jobs;

import io.gleaner.api.guard.Drain;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.CountingOutput;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.budget.Budget;
import io.gleaner.cache.Signals;
import io.gleaner.export.PageJson;
import io.gleaner.job.Job;
import io.gleaner.store.Jobs;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.exc.JacksonIOException;

/** A job's pages as NDJSON, one object a line: those there are, or until the job ends. */
public final class PageStream {

    /** A blank line after this silence, so that a client that went away is noticed. */
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final Jobs jobs;
    private final Pages pages;
    private final Signals signals;
    private final Drain drain;
    private final Budget streams;

    PageStream(ApiParts parts, Drain drain) {
        this.jobs = parts.jobs();
        this.pages = parts.pages();
        this.signals = parts.signals();
        this.drain = drain;
        this.streams = parts.budgets().streams();
    }

    void send(
            ServerResponse response,
            UUID id,
            PageFilter filter,
            long cursor,
            long limit,
            boolean follow)
            throws InterruptedException {
        response.header(HeaderNames.CONTENT_TYPE, Json.LINES_TYPE)
                // Tells proxies that buffer by default to pass each chunk on.
                .header(HeaderNames.create("X-Accel-Buffering"), "no");
        try (var chunks = new PageChunks(pages, id, filter, cursor, limit, streams)) {
            // Closed only when all went well: closing writes the last chunk, and what broke off
            // would look whole.
            var out = new CountingOutput(response.outputStream());
            if (follow) {
                follow(out, id, chunks);
            } else {
                writeAll(out, chunks);
            }
            out.close();
        } catch (IOException | UncheckedIOException | JacksonIOException | ProblemException e) {
            throw gone(e);
        }
    }

    public static CloseConnectionException gone(Exception cause) {
        return new CloseConnectionException("the client went away", cause);
    }

    private void follow(CountingOutput out, UUID id, PageChunks chunks)
            throws IOException, InterruptedException {
        // The headers go out at once: the client knows that it is connected.
        beat(out);
        long lastWrite = System.nanoTime();
        while (true) {
            long seen = signals.jobVersion(id);
            // The state before the pages: a final job has none after those read next.
            Optional<Job> job = jobs.find(id);
            if (writeAll(out, chunks) > 0) {
                lastWrite = System.nanoTime();
            }
            if (chunks.limitReached() || job.isEmpty() || job.get().state().isFinal()) {
                return;
            }
            if (drain.closing()) {
                // Cut, not ended: the client sees a broken stream and resumes with its cursor.
                throw new CloseConnectionException("the server is shutting down");
            }
            if (System.nanoTime() - lastWrite > HEARTBEAT.toNanos()) {
                beat(out);
                lastWrite = System.nanoTime();
            }
            signals.awaitJob(id, seen, JobWatch.POLL);
        }
    }

    private static long writeAll(CountingOutput out, PageChunks chunks)
            throws IOException, InterruptedException {
        long written = 0;
        for (var chunk = chunks.next(); !chunk.isEmpty(); chunk = chunks.next()) {
            write(out, chunk);
            chunks.wrote(chunk.size(), out.take());
            written += chunk.size();
        }
        return written;
    }

    private static void write(CountingOutput out, List<StoredPage> chunk) throws IOException {
        for (StoredPage page : chunk) {
            try (JsonGenerator json = Json.generator(out)) {
                new PageJson(json).write(page);
            }
            out.write('\n');
        }
        out.flush();
    }

    private static void beat(CountingOutput out) throws IOException {
        out.write('\n');
        out.flush();
    }
}
