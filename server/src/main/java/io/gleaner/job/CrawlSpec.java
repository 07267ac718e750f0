package io.gleaner.job;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a crawl grows from its seed.
 *
 * @param url the seed, absolute http or https
 * @param limit most pages the job may hold, seed included
 * @param maxDepth most links between the seed (depth 0) and a page
 * @param include RE2 expressions; if any is given a URL's path and query must match one
 * @param exclude RE2 expressions; a URL whose path and query match one is left out
 * @param sitemap whether sitemap entries count as links
 * @param subdomains follow links to every host under the seed's registrable domain
 * @param external follow links to any host
 * @param ignoreQuery treat URLs that differ only in the query as one
 * @param rules which URLs and pages are one, and what is heeded
 * @param home where the start page led to when that is another host, which is the one that is
 *     crawled; null while that is unknown or not so
 */
public record CrawlSpec(
        URI url,
        int limit,
        int maxDepth,
        List<String> include,
        List<String> exclude,
        SitemapMode sitemap,
        boolean subdomains,
        boolean external,
        boolean ignoreQuery,
        CrawlRules rules,
        @Nullable URI home) {

    public static final int LIMIT_DEFAULT = 10_000;
    public static final int LIMIT_MAX = 1_000_000;
    public static final int MAX_DEPTH_DEFAULT = 10;
    public static final int MAX_DEPTH_MAX = 1_000;

    public CrawlSpec {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException(
                    "limit must be 1 to %d: %d".formatted(LIMIT_MAX, limit));
        }
        if (maxDepth < 0 || maxDepth > MAX_DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "maxDepth must be 0 to %d: %d".formatted(MAX_DEPTH_MAX, maxDepth));
        }
        include = List.copyOf(include);
        exclude = List.copyOf(exclude);
        // A crawl that was stored before there were rules has none.
        rules = Objects.requireNonNullElse(rules, CrawlRules.NONE);
    }

    /** With the standard rules. */
    public CrawlSpec(
            URI url,
            int limit,
            int maxDepth,
            List<String> include,
            List<String> exclude,
            SitemapMode sitemap,
            boolean subdomains,
            boolean external,
            boolean ignoreQuery) {
        this(
                url,
                limit,
                maxDepth,
                include,
                exclude,
                sitemap,
                subdomains,
                external,
                ignoreQuery,
                CrawlRules.STANDARD,
                null);
    }

    /** The same from another start. */
    public CrawlSpec at(URI start) {
        return new CrawlSpec(
                start,
                limit,
                maxDepth,
                include,
                exclude,
                sitemap,
                subdomains,
                external,
                ignoreQuery,
                rules,
                home);
    }

    /** The same crawl of the host that the start page led to, or of its own when that is null. */
    public CrawlSpec movedTo(@Nullable URI other) {
        return new CrawlSpec(
                url,
                limit,
                maxDepth,
                include,
                exclude,
                sitemap,
                subdomains,
                external,
                ignoreQuery,
                rules,
                other);
    }

    /** The same with other rules. */
    public CrawlSpec under(CrawlRules others) {
        return new CrawlSpec(
                url,
                limit,
                maxDepth,
                include,
                exclude,
                sitemap,
                subdomains,
                external,
                ignoreQuery,
                others,
                home);
    }

    /** A crawl of the seed's own host with every default. */
    public static CrawlSpec of(URI url) {
        return new CrawlSpec(
                url,
                LIMIT_DEFAULT,
                MAX_DEPTH_DEFAULT,
                List.of(),
                List.of(),
                SitemapMode.INCLUDE,
                false,
                false,
                false);
    }
}
