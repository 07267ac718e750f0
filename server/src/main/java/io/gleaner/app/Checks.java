package io.gleaner.app;

import io.gleaner.api.port.UrlRules;
import io.gleaner.extract.Extractor;
import io.gleaner.fetch.AddressGuard;
import io.gleaner.fetch.RequestHeaders;
import io.gleaner.frontier.Frontier;
import io.gleaner.frontier.Urls;
import io.gleaner.job.Candidate;
import io.gleaner.job.ContentSpec;
import io.gleaner.job.CrawlSpec;
import io.gleaner.job.FetchSpec;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What is refused before anything is stored, by asking the step that would meet it later. */
final class Checks implements UrlRules {

    private static final String NO_KEY =
            "this server has no key to keep secrets with: its operator sets GLEANER_SECRET_KEY";

    private final AddressGuard guard;
    private final boolean keepsSecrets;
    private final Optional<String> noBrowser;

    /**
     * @param keepsSecrets whether headers that may be a secret can be stored
     * @param noBrowser why nothing can be rendered; empty when it can
     */
    Checks(AddressGuard guard, boolean keepsSecrets, Optional<String> noBrowser) {
        this.guard = guard;
        this.keepsSecrets = keepsSecrets;
        this.noBrowser = noBrowser;
    }

    @Override
    public Candidate candidate(String url, int depth, boolean ignoreQuery) {
        return Urls.candidate(url, depth, ignoreQuery);
    }

    @Override
    public void checkCrawl(CrawlSpec crawl) {
        crawl(crawl);
    }

    @Override
    public Candidate seed(CrawlSpec crawl) {
        return new Frontier(crawl).seed();
    }

    @Override
    public Function<String, Optional<Candidate>> crawlUrls(CrawlSpec crawl) {
        return new Frontier(crawl)::candidate;
    }

    static void crawl(CrawlSpec crawl) {
        var _ = new Frontier(crawl);
    }

    @Override
    public void checkContent(ContentSpec content) {
        content(content);
    }

    static void content(ContentSpec content) {
        Extractor.validate(content);
    }

    @Override
    public void checkHeaders(Map<String, String> headers) {
        RequestHeaders.validate(headers);
        for (String name : FetchSpec.secret(headers).keySet()) {
            if (!keepsSecrets) {
                throw new IllegalArgumentException(
                        "header %s may be a secret, and %s".formatted(name, NO_KEY));
            }
        }
    }

    @Override
    public Optional<String> refuseSecrets() {
        return keepsSecrets ? Optional.empty() : Optional.of(NO_KEY);
    }

    @Override
    public Optional<String> refuseRender() {
        return noBrowser;
    }

    @Override
    public Optional<String> refuseAddress(String url) {
        String host = Urls.hostQueue(URI.create(url));
        int port = host.lastIndexOf(':');
        boolean bracketed = host.endsWith("]");
        return guard.refuseHost(port > 0 && !bracketed ? host.substring(0, port) : host);
    }
}
