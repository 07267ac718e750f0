package io.gleaner.job;

/** What a webhook can be told of. */
public enum WebhookEvent {
    STARTED("started"),
    PAGE("page"),
    COMPLETED("completed"),
    FAILED("failed"),
    CANCELLED("cancelled");

    private final String wireName;

    WebhookEvent(String wireName) {
        this.wireName = wireName;
    }

    /** The name used in requests, and at the end of an event's type. */
    public String wireName() {
        return wireName;
    }
}
