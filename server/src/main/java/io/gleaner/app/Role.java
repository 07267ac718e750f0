package io.gleaner.app;

/** What a process does. One may do everything; more processes share a database. */
public enum Role {
    /** Answers {@code /api}. */
    API,
    /** Leases host queues, fetches and settles. */
    WORKER,
    /** As a worker, but only for host queues whose next page needs a browser. */
    RENDERER,
    /** Rescues what dead workers held, sweeps, drops what is old. */
    MAINTENANCE
}
