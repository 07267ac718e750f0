package io.gleaner.app;

import io.gleaner.api.UrlRules;
import io.gleaner.extract.Extractor;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.RequestHeaders;
import io.gleaner.frontier.Frontier;
import io.gleaner.frontier.Urls;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/** What is refused before anything is stored, by asking the step that would meet it later. */
final class Checks implements UrlRules {

    private final AddressGuard guard;

    Checks(AddressGuard guard) {
        this.guard = guard;
    }

    @Override
    public Candidate candidate(String url, int depth, boolean ignoreQuery) {
        return Urls.candidate(url, depth, ignoreQuery);
    }

    @Override
    public void checkCrawl(CrawlSpec crawl) {
        var _ = new Frontier(crawl);
    }

    @Override
    public void checkContent(ContentSpec content) {
        Extractor.validate(content);
    }

    @Override
    public void checkHeaders(Map<String, String> headers) {
        RequestHeaders.validate(headers);
    }

    @Override
    public Optional<String> refuseAddress(String url) {
        String host = Urls.hostQueue(URI.create(url));
        int port = host.lastIndexOf(':');
        boolean bracketed = host.endsWith("]");
        return guard.refuseHost(port > 0 && !bracketed ? host.substring(0, port) : host);
    }
}
