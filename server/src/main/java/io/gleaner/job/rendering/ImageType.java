package io.gleaner.job.rendering;

/** What a picture of a page is written as. */
public enum ImageType {
    PNG("png"),
    JPEG("jpeg"),
    WEBP("webp");

    private final String wireName;

    ImageType(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in requests, and behind {@code image/}. */
    public String wireName() {
        return wireName;
    }

    /** Such as {@code image/png}. */
    public String mediaType() {
        return "image/" + wireName;
    }
}
