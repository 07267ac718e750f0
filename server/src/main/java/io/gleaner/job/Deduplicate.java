package io.gleaner.job;

/** Which pages of a crawl count as one, besides those with the same URL. */
public enum Deduplicate {
    /** Every URL is a page. */
    NONE("none"),
    /** Pages of the same title and text. */
    CONTENT("content"),
    /** Those, and pages whose canonical link names another page of the crawl. */
    CANONICAL("canonical");

    private final String wireName;

    Deduplicate(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in requests and answers. */
    public String wireName() {
        return wireName;
    }
}
