package io.gleaner.store;

/** How far a webhook is. */
public enum WebhookState {
    /** There are events to come, or to be told. */
    OPEN,
    /** The end of the job has been told. */
    DONE,
    /** The receiver does not want it any more, or gave no good answer for too long. */
    STOPPED
}
