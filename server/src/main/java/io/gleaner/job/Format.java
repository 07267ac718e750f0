package io.gleaner.job;

/** One representation of a page that a job can ask for. */
public enum Format {
    MARKDOWN("markdown"),
    HTML("html"),
    RAW_HTML("rawHtml"),
    TEXT("text"),
    CHUNKS("chunks"),
    LINKS("links"),
    IMAGES("images"),
    METADATA("metadata");

    private final String wireName;

    Format(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in requests and answers. */
    public String wireName() {
        return wireName;
    }
}
