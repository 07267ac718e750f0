package io.gleaner.job.rendering;

/** Whether pages are shown to a browser, and what it makes of them is taken. */
public enum RenderMode {
    /** They are taken as the host sends them. */
    NEVER("never"),
    /** A page is rendered when what the host sends seems to need it. */
    AUTO("auto"),
    /** Every page is rendered. */
    ALWAYS("always");

    private final String wireName;

    RenderMode(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in requests and answers. */
    public String wireName() {
        return wireName;
    }
}
