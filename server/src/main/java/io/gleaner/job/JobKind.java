package io.gleaner.job;

/** What a submission is made of. */
public enum JobKind {
    /** A given list of URLs. */
    URLS,
    /** A site that is discovered from a seed. */
    CRAWL,
    /** One URL whose caller waits for the answer. */
    SCRAPE
}
