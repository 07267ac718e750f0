package io.gleaner.export;

/** What a job's pages can be taken away as. */
public enum ExportFormat {
    NDJSON("ndjson", "application/x-ndjson", ".ndjson"),
    CSV("csv", "text/csv; charset=utf-8; header=present", ".csv"),
    PARQUET("parquet", "application/vnd.apache.parquet", ".parquet"),
    MARKDOWN("markdown", "text/markdown; charset=utf-8", ".md"),
    MARKDOWN_ZIP("markdown.zip", "application/zip", ".zip"),
    WARC("warc", "application/warc", ".warc.gz"),
    CDX("cdx", "text/x-cdx; charset=utf-8", ".cdx");

    private final String wireName;
    private final String mediaType;
    private final String extension;

    ExportFormat(String wireName, String mediaType, String extension) {
        this.wireName = wireName;
        this.mediaType = mediaType;
        this.extension = extension;
    }

    /** The name used in requests. */
    public String wireName() {
        return wireName;
    }

    public String mediaType() {
        return mediaType;
    }

    /** Of a file, with its dot. */
    public String extension() {
        return extension;
    }

    /** Whether columns can be chosen. */
    public boolean isTable() {
        return this == CSV || this == PARQUET;
    }

    /** Whether it is made of what came over the wire, which a job keeps only when asked to. */
    public boolean isArchive() {
        return this == WARC || this == CDX;
    }
}
