package io.gleaner.perf.shapes;

/**
 * What was seen of service and machine in about a second.
 *
 * @param at seconds since the run began
 * @param reachable whether the service told its metrics
 * @param requestsPerSecond that the service answered
 * @param pagesPerSecond that came to an end, well or not
 * @param faultsPerSecond of these
 * @param backlog queued URLs
 * @param serviceCores CPU of the service, in cores; NaN where it cannot be known
 * @param postgresCores CPU of PostgreSQL
 * @param otherCores CPU of everybody who is no part of the run
 * @param machineBusy share of all cores, 0 to 1
 * @param rssBytes resident memory of the service
 * @param heapBytes used heap
 * @param gcShare share of the time in pauses of the garbage collector
 * @param poolActive connections in use
 * @param poolPending who waits for one
 * @param poolWaitMs mean wait for one in this second
 * @param redisUp 1, 0, or NaN without Redis
 * @param lockWaiters statements that waited for a lock in PostgreSQL; NaN where it was not asked
 * @param databaseActive statements under way
 */
record Sample(
        double at,
        boolean reachable,
        double requestsPerSecond,
        double pagesPerSecond,
        double faultsPerSecond,
        double backlog,
        double serviceCores,
        double postgresCores,
        double otherCores,
        double machineBusy,
        double rssBytes,
        double heapBytes,
        double gcShare,
        double poolActive,
        double poolPending,
        double poolWaitMs,
        double redisUp,
        double lockWaiters,
        double databaseActive) {}
