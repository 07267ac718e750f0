package io.gleaner.app;

/** What a process does. One may do everything; more processes share a database. */
public enum Role {
    /** Answers {@code /api}. */
    API,
    /** Leases host queues, fetches and settles. */
    WORKER,
    /** Rescues what dead workers held, sweeps, drops what is old. */
    MAINTENANCE
}
