package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;

/**
 * How {@code bench concurrency} runs.
 *
 * @param inFlight fetches that are to be in flight at once
 * @param site whose pages take their time
 * @param hostSlots requests in flight to one host
 * @param heap of the service, as in {@code -Xmx}
 * @param memoryMaxBytes limit of the service's cgroup, and bound of the verdict
 * @param longest limit of the whole job
 */
public record ConcurrencySettings(
        int inFlight,
        SitePlan site,
        int hostSlots,
        String heap,
        long memoryMaxBytes,
        int rounds,
        Duration longest) {}
