package io.gleaner.perf.shapes;

/**
 * Something that may hold a service up, and how far it is from holding it up.
 *
 * @param measured the figure that tells, with its unit
 * @param limit from which on it is felt
 * @param severity the figure over its limit: over 1 it is felt
 */
record Bottleneck(Kind kind, String measured, String limit, double severity) {

    /** What there is to be held up by, with the next thing to look at. */
    enum Kind {
        STANDSTILL(
                "the service stood still",
                "its log, 'gleaner profile --event park', and who stopped it: a debugger, the"
                        + " container's CPU quota, a suspended machine"),
        DATABASE_LOCKS(
                "locks in PostgreSQL",
                "'gleaner db report' names who holds them; then pg_locks and pg_blocking_pids()"),
        DATABASE_DISK(
                "PostgreSQL waits for its disk",
                "checkpoint_timeout, max_wal_size and the disk's own latency ('bench' prints it as"
                        + " the machine at rest)"),
        POOL(
                "too few connections to the database",
                "GLEANER_DATABASE_CONNECTIONS, and gleaner_db_statement_seconds for what holds"
                        + " them"),
        OTHER_CPU(
                "other processes take the CPU",
                "top: whoever is not the service, PostgreSQL, Redis, the site or the users"),
        CPU("the CPU is used up", "'gleaner profile --event cpu', or more cores"),
        SITE(
                "the sites answer with errors",
                "/api/jobs/{id}/faults, and gleaner_tasks_total by verdict"),
        REDIS("Redis is away", "'gleaner redis ping', and gleaner_redis_up over time"),
        HEAP(
                "the heap grows",
                "'gleaner profile --event alloc', jcmd GC.class_histogram now and in ten minutes"),
        GC("garbage collection", "'gleaner profile --event alloc', a larger -Xmx");

        private final String words;
        private final String next;

        Kind(String words, String next) {
            this.words = words;
            this.next = next;
        }

        String words() {
            return words;
        }

        String next() {
            return next;
        }
    }

    boolean felt() {
        return severity > 1;
    }
}
