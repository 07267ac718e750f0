package io.gleaner.job;

/**
 * Which URLs and pages of a crawl are one, and what it heeds of what pages ask of crawlers.
 *
 * @param dropSessionIds session ids are no part of a URL
 * @param dropTracking parameters that only say where a visitor came from are no part of a URL
 * @param sortQuery URLs that differ only in the order of their parameters are one
 * @param foldSlash URLs that differ only in a trailing slash or {@code index.html} are one
 * @param deduplicate which pages count as one
 * @param respectNofollow links that say {@code nofollow}, and those of pages that do, are not
 *     followed
 * @param respectNoindex pages that say {@code noindex} are not kept
 */
public record CrawlRules(
        boolean dropSessionIds,
        boolean dropTracking,
        boolean sortQuery,
        boolean foldSlash,
        Deduplicate deduplicate,
        boolean respectNofollow,
        boolean respectNoindex) {

    /** As search engines have it: each page once, and what it asks is heeded. */
    public static final CrawlRules STANDARD =
            new CrawlRules(true, true, true, true, Deduplicate.CONTENT, true, true);

    /** Every URL is what it is, and pages are asked nothing. */
    public static final CrawlRules NONE =
            new CrawlRules(false, false, false, false, Deduplicate.NONE, false, false);
}
