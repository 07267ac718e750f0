package io.gleaner.job;

/** The shape of what a webhook is sent. */
public enum WebhookPayload {
    /** Type, time and data, as Standard Webhooks advises. */
    STANDARD("standard"),
    /** As Firecrawl sends it. */
    FIRECRAWL("firecrawl");

    private final String wireName;

    WebhookPayload(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in requests. */
    public String wireName() {
        return wireName;
    }
}
