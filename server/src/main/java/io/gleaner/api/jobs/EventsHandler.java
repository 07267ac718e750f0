package io.gleaner.api.jobs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.api.guard.Drain;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.wire.BodyReader;
import io.gleaner.api.wire.Json;
import io.gleaner.api.wire.QueryParams;
import io.gleaner.cache.Signals;
import io.gleaner.job.JobRef;
import io.gleaner.store.PageOutcome;
import io.gleaner.store.Pages;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/jobs/{id}/events}: what becomes of a job, as server-sent events (WHATWG HTML, section
 * 9.2), from whichever process is asked.
 *
 * <p>An event {@code page} for each concluded task has its {@code seq} as id, so a client that
 * comes back with {@code Last-Event-ID} misses nothing and gets nothing twice, also from another
 * process. {@code progress} is the job's status, twice a second at most; {@code end} is its last.
 * Reconnecting after the end returns 204, which ends a browser's tries.
 */
public final class EventsHandler implements Handler {

    private static final String MEDIA_TYPE = "text/event-stream";
    private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");
    private static final Pattern ID = Pattern.compile("(\\d{1,18})(-end)?");
    private static final Duration PROGRESS = Duration.ofMillis(500);
    private static final int RETRY_MS = 1_000;
    private static final int PAGES_MAX = 500;

    private final JobStatuses statuses;
    private final Pages pages;
    private final Signals signals;
    private final Drain drain;

    public EventsHandler(ApiParts parts, JobStatuses statuses, Drain drain) {
        this.statuses = statuses;
        this.pages = parts.pages();
        this.signals = parts.signals();
        this.drain = drain;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
        var query = QueryParams.of(request, "cursor");
        JobRef ref = JobsHandler.ref(request);
        String last = request.headers().first(LAST_EVENT_ID).orElse("");
        Matcher resumed = ID.matcher(last);
        if (!last.isEmpty() && !resumed.matches()) {
            throw BodyReader.refuse("Last-Event-ID", last, "the id of an event of this job");
        }
        if (!last.isEmpty() && resumed.group(2) != null) {
            response.status(Status.NO_CONTENT_204).send();
            return;
        }
        JobsHandler.found(ref.id(), statuses.find(ref));
        long cursor =
                last.isEmpty()
                        ? query.number("cursor", 0, Long.MAX_VALUE).orElse(0L)
                        : Long.parseLong(resumed.group(1));
        response.header(HeaderNames.CONTENT_TYPE, MEDIA_TYPE)
                .header(HeaderNames.CACHE_CONTROL, "no-store")
                // Tells proxies that buffer by default to pass each event on.
                .header(HeaderNames.create("X-Accel-Buffering"), "no");
        try (var out = response.outputStream()) {
            new Stream(out, ref, cursor).send();
        } catch (IOException | UncheckedIOException e) {
            throw PageStream.gone(e);
        }
    }

    /** What a page's event says. */
    private record PageEvent(
            long seq,
            String url,
            @Nullable String fault,
            @Nullable Integer status,
            Instant fetchedAt) {}

    /** One client's events. */
    private final class Stream {
        private final OutputStream out;
        private final JobRef ref;
        private final UUID id;
        private long cursor;
        private long wroteAt = System.nanoTime();
        private long progressAt = System.nanoTime() - PROGRESS.toNanos();
        private String progress = "";

        Stream(OutputStream out, JobRef ref, long cursor) {
            this.out = out;
            this.ref = ref;
            this.id = ref.id();
            this.cursor = cursor;
        }

        void send() throws IOException, InterruptedException {
            write("retry: " + RETRY_MS + "\n\n");
            out.flush();
            while (true) {
                long seen = signals.jobVersion(id);
                // The state before the pages: a final job has none after those read next.
                var job = statuses.find(ref);
                pages();
                if (job.isEmpty()) {
                    return; // Retention took it.
                }
                if (job.get().isFinal()) {
                    write("id: " + cursor + "-end\n");
                    event("end", job.get().json());
                    out.flush();
                    return;
                }
                progress(job.get());
                beat();
                out.flush();
                if (drain.closing()) {
                    // Cut, not ended: the client comes back with its last id.
                    throw new CloseConnectionException("the server is shutting down");
                }
                signals.awaitJob(id, seen, JobWatch.POLL);
            }
        }

        private void pages() throws IOException {
            List<PageOutcome> found;
            do {
                found = pages.outcomes(id, cursor, PAGES_MAX);
                for (PageOutcome page : found) {
                    cursor = page.seq();
                    write("id: " + cursor + "\n");
                    event(
                            "page",
                            Json.bytes(
                                    new PageEvent(
                                            page.seq(),
                                            page.url(),
                                            page.fault() == null
                                                    ? null
                                                    : page.fault().toLowerCase(Locale.ROOT),
                                            page.status(),
                                            page.fetchedAt())));
                }
            } while (found.size() == PAGES_MAX);
        }

        private void progress(JobAnswer job) throws IOException {
            long now = System.nanoTime();
            if (!job.etag().equals(progress) && now - progressAt >= PROGRESS.toNanos()) {
                event("progress", job.json());
                progress = job.etag();
                progressAt = now;
            }
        }

        /** A comment after a silence, so that a client that went away is noticed. */
        private void beat() throws IOException {
            if (System.nanoTime() - wroteAt > PageStream.HEARTBEAT.toNanos()) {
                write(":\n\n");
            }
        }

        private void event(String name, byte[] json) throws IOException {
            write("event: " + name + "\ndata: ");
            out.write(json);
            write("\n\n");
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(UTF_8));
            wroteAt = System.nanoTime();
        }
    }
}
