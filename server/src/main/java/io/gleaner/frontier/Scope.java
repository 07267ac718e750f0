package io.gleaner.frontier;

import io.gleaner.job.CrawlSpec;
import java.net.URI;

/**
 * What is inside a crawl.
 *
 * <p>The seed is, always. Otherwise a URL's host must fit that of the seed, or of what the seed led
 * to ({@code www.} and the scheme make no difference; {@code subdomains} widens it to the
 * registrable domain, whatever the port; {@code external} to any host) and its path and query must
 * fit: an include expression is found in them, if there are any, and no exclude expression is.
 */
public final class Scope {

    private final NormalUrl seed;
    private final String host;
    private final String bareHost;
    private final String domain;
    private final boolean subdomains;
    private final boolean external;
    private final Expressions include;
    private final Expressions exclude;

    private Scope(CrawlSpec crawl, NormalUrl seed) {
        this.seed = seed;
        URI home = crawl.home();
        this.host = home == null ? seed.host() : UrlParser.parse(home.toString()).host();
        this.bareHost = Site.bare(host);
        this.domain = Site.registrableDomain(host);
        this.subdomains = crawl.subdomains();
        this.external = crawl.external();
        this.include = Expressions.of("crawl.include", crawl.include());
        this.exclude = Expressions.of("crawl.exclude", crawl.exclude());
    }

    /**
     * Compiles the rules of a crawl.
     *
     * @throws IllegalArgumentException naming the field ({@code crawl.include[1]}), the value and
     *     what is accepted
     */
    public static Scope of(CrawlSpec crawl) {
        try {
            return new Scope(crawl, UrlParser.parse(crawl.url().toString()));
        } catch (IllegalArgumentException e) {
            throw e.getMessage() != null && e.getMessage().startsWith("url ")
                    ? new IllegalArgumentException("crawl." + e.getMessage(), e)
                    : e;
        }
    }

    /**
     * Whether a URL is inside.
     *
     * @throws IllegalArgumentException as {@link Urls#candidate}
     */
    public boolean contains(String url) {
        return contains(UrlParser.parse(url));
    }

    /** As {@link #contains(String)}. */
    public boolean contains(URI url) {
        return contains(url.toString());
    }

    boolean contains(NormalUrl url) {
        return url.text().equals(seed.text())
                || (fits(url.host()) && fitsPath(url.text(), url.pathStart()));
    }

    NormalUrl seed() {
        return seed;
    }

    boolean fits(String itsHost) {
        if (external || itsHost.equals(host) || Site.bare(itsHost).equals(bareHost)) {
            return true;
        }
        return subdomains && Site.registrableDomain(itsHost).equals(domain);
    }

    private boolean fitsPath(String url, int pathFrom) {
        if (include.isEmpty() && exclude.isEmpty()) {
            return true;
        }
        var pathAndQuery = url.substring(pathFrom);
        return (include.isEmpty() || include.find(pathAndQuery)) && !exclude.find(pathAndQuery);
    }
}
