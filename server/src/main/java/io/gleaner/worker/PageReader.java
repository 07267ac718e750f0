package io.gleaner.worker;

import io.gleaner.budget.Hold;
import io.gleaner.document.Documents;
import io.gleaner.document.Source;
import io.gleaner.extract.BrowserNeed;
import io.gleaner.extract.Extracted;
import io.gleaner.extract.Extractor;
import io.gleaner.extract.Parsing;
import io.gleaner.extract.Refresh;
import io.gleaner.extract.RobotsTag;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.fetch.FetchOutcome;
import io.gleaner.fetch.FetchRequest;
import io.gleaner.fetch.Response;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.FetchSpec;
import io.gleaner.select.Effort;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Turns an answer into content, following prompt refreshes as browsers do. */
public final class PageReader {

    /** A slower refresh is a page that shows something first. */
    private static final Duration REFRESH_DELAY_MAX = Duration.ofSeconds(5);

    private static final int REFRESHES_MAX = 3;

    private final Extractor extractor;
    private final Documents documents;
    private final PoliteFetch fetch;
    private final FetchConfig fetchConfig;
    private final WorkerMetrics metrics;
    private final ExtractionThreads threads;
    private final InstantSource clock;

    public PageReader(
            Extractor extractor,
            ExtractionThreads threads,
            PoliteFetch fetch,
            FetchConfig fetchConfig,
            WorkerMetrics metrics,
            InstantSource clock) {
        this.extractor = extractor;
        this.documents = new Documents(extractor);
        this.threads = threads;
        this.fetch = fetch;
        this.fetchConfig = fetchConfig;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** A page and the answer it came in: the last one, if there were refreshes. */
    record Reading(Response response, Extracted extracted) {}

    /** A page that a browser has shown: it has followed what there was to follow. */
    Reading readAsItIs(Response response, JobContext job) throws InterruptedException {
        return new Reading(response, extract(response, job));
    }

    /**
     * Whether a page that was fetched needs a browser, by what the host has sent.
     *
     * @throws CancellationException when the job has been cancelled meanwhile
     */
    BrowserNeed need(Response response, JobContext job) throws InterruptedException {
        if (Extractor.parsing(response.mediaType()) != Parsing.HTML) {
            return new BrowserNeed(false, "what came is no HTML", 0);
        }
        return threads.call(
                job.extraction(),
                TreeSize.bytes(response.body()),
                pause -> {
                    heedCancel(job);
                    Effort effort = extractor.effort(job.spec().fetch().timeout(), clock, pause);
                    return extractor.browserNeed(response.reader(), effort);
                });
    }

    /**
     * @param hold what the first body is held by; a refresh's takes its place
     * @throws CancellationException when the job has been cancelled meanwhile
     */
    Reading read(Response first, JobContext job, Hold hold) throws InterruptedException {
        URI asked = first.redirects().isEmpty() ? first.url() : first.redirects().getFirst();
        Reading reading = new Reading(first, extract(first, job));
        for (int refreshes = 0; refreshes < REFRESHES_MAX; refreshes++) {
            Response next = next(reading, asked, job, hold);
            if (next == null) {
                break;
            }
            var captures = new ArrayList<>(reading.response().captures());
            captures.addAll(next.captures());
            reading = new Reading(next.with(captures), extract(next, job));
        }
        return reading;
    }

    /** The answer that a refresh leads to, or null when the page at hand is the one to keep. */
    private @Nullable Response next(Reading reading, URI asked, JobContext job, Hold hold)
            throws InterruptedException {
        Refresh refresh = refresh(reading);
        if (refresh == null || refresh.delay().compareTo(REFRESH_DELAY_MAX) > 0) {
            return null;
        }
        FetchSpec spec = job.spec().fetch();
        var request =
                FetchRequest.page(URI.create(refresh.url()), spec, fetchConfig)
                        .within(hold)
                        .after(asked, reading.response().url());
        return fetch.fetch(request, spec.respectRobots(), job.wanted())
                        instanceof FetchOutcome.Fetched(var response)
                ? response
                : null;
    }

    /** The header's comes before the document's own. */
    private static @Nullable Refresh refresh(Reading reading) {
        Response response = reading.response();
        for (String value : response.headers().getOrDefault("refresh", List.of())) {
            var refresh = Refresh.ofHeader(value, response.url());
            if (refresh != null) {
                return refresh;
            }
        }
        return reading.extracted().refresh();
    }

    private Extracted extract(Response response, JobContext job) throws InterruptedException {
        var spec = job.spec();
        boolean wantOutlinks = job.frontier() != null;
        return threads.call(
                job.extraction(),
                Documents.growth(response.mediaType()) * TreeSize.bytes(response.body()),
                pause -> {
                    heedCancel(job);
                    Runnable look =
                            () -> {
                                pause.run();
                                heedCancel(job);
                            };
                    Effort effort = extractor.effort(spec.fetch().timeout(), clock, look);
                    return metrics.extracting(
                            () -> extracted(response, spec.content(), wantOutlinks, effort));
                });
    }

    /** What nobody wants any more leaves its turn to others. */
    private static void heedCancel(JobContext job) {
        if (!job.wanted().getAsBoolean()) {
            throw new CancellationException("its job was cancelled");
        }
    }

    private Extracted extracted(
            Response response, ContentSpec spec, boolean wantOutlinks, Effort effort) {
        var source =
                new Source(
                        response.mediaType(),
                        response.body(),
                        response::reader,
                        response::text,
                        response.url());
        Extracted extracted = documents.extract(source, spec, wantOutlinks, effort);
        return extracted.and(
                RobotsTag.ofHeader(
                        response.headers().getOrDefault(RobotsTag.headerName(), List.of())));
    }
}
