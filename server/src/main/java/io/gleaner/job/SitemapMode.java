package io.gleaner.job;

/** What a crawl does with the sitemaps of its site. */
public enum SitemapMode {
    /** Follow links and sitemap entries. */
    INCLUDE,
    /** Follow links only. */
    SKIP,
    /** Follow sitemap entries only. */
    ONLY
}
