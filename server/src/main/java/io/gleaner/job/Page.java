package io.gleaner.job;

import io.gleaner.job.rendering.Rendering;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What came of a task: content or a named fault. */
public sealed interface Page {

    /** The task's URL, before any redirect. */
    String url();

    /** When the attempt that decided it ended. */
    Instant fetchedAt();

    /** Links between the seed (0) and this page. */
    int depth();

    /**
     * The host answered with something worth keeping.
     *
     * @param finalUrl where the redirects ended
     * @param status HTTP status, 2xx
     * @param contentType media type as sent, without parameters
     * @param cacheState whether it was fetched for this job
     * @param rendering whether a browser showed it; null for a job that does not render
     * @param captures what came over the wire, for a job that keeps it; empty in what is read back,
     *     for they lie apart
     */
    record Content(
            String url,
            String finalUrl,
            int status,
            Instant fetchedAt,
            int depth,
            String contentType,
            PageContent content,
            CacheState cacheState,
            @Nullable Rendering rendering,
            List<Capture> captures)
            implements Page {

        public Content {
            captures = List.copyOf(captures);
        }

        /** Nothing is kept of what came over the wire. */
        public Content(
                String url,
                String finalUrl,
                int status,
                Instant fetchedAt,
                int depth,
                String contentType,
                PageContent content,
                CacheState cacheState,
                @Nullable Rendering rendering) {
            this(
                    url,
                    finalUrl,
                    status,
                    fetchedAt,
                    depth,
                    contentType,
                    content,
                    cacheState,
                    rendering,
                    List.of());
        }

        /** A page of a job that does not render. */
        public Content(
                String url,
                String finalUrl,
                int status,
                Instant fetchedAt,
                int depth,
                String contentType,
                PageContent content,
                CacheState cacheState) {
            this(url, finalUrl, status, fetchedAt, depth, contentType, content, cacheState, null);
        }

        /** A page that was fetched for this job. */
        public Content(
                String url,
                String finalUrl,
                int status,
                Instant fetchedAt,
                int depth,
                String contentType,
                PageContent content) {
            this(url, finalUrl, status, fetchedAt, depth, contentType, content, CacheState.MISS);
        }
    }

    /**
     * No page, and why.
     *
     * @param detail one clause for people: the type, the address, the limit that was met
     * @param status HTTP status, or null when there was no answer
     * @param attempts tries made
     */
    record Fault(
            String url,
            FaultCode code,
            String detail,
            @Nullable Integer status,
            Instant fetchedAt,
            int depth,
            int attempts)
            implements Page {}
}
