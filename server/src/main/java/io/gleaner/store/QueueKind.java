package io.gleaner.store;

/** Which host queues a worker serves, by what their next task needs. */
public enum QueueKind {
    /** All: the worker has a browser, or nobody has. */
    ANY,
    /** Those whose next task needs no browser. */
    PLAIN,
    /** Those whose next task needs one. */
    FOR_BROWSER
}
