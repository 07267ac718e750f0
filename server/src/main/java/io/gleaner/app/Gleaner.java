package io.gleaner.app;

import io.gleaner.cache.Signals;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;

/** The service, running in this process. */
@SuppressWarnings("DoNotCallSuggester")
public final class Gleaner implements AutoCloseable {

    private Gleaner() {}

    /**
     * Starts every part of the service.
     *
     * @throws StartException when a part cannot start
     */
    public static Gleaner start(Settings settings) {
        throw new StartException("the service is not wired yet, data " + settings.data());
    }

    public Jobs jobs() {
        throw new IllegalStateException("skeleton");
    }

    public Pages pages() {
        throw new IllegalStateException("skeleton");
    }

    public Signals signals() {
        throw new IllegalStateException("skeleton");
    }

    public Candidate candidate(String url) {
        throw new IllegalArgumentException("skeleton: " + url);
    }

    public void checkCrawl(CrawlSpec crawl) {
        throw new IllegalArgumentException("skeleton: " + crawl);
    }

    public void checkContent(ContentSpec content) {
        throw new IllegalArgumentException("skeleton: " + content);
    }

    public int port() {
        throw new IllegalStateException("skeleton");
    }

    @Override
    public void close() {}
}
