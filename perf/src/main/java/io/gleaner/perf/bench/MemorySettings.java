package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;

/**
 * How {@code bench memory} runs.
 *
 * @param cycles equal ones; the first quarter fills caches and does not count
 * @param submissions of one URL in each cycle, each read back
 * @param site what is crawled in each cycle
 * @param memoryMaxBytes of the service's cgroup, where one can be made
 * @param longest limit of one job
 */
public record MemorySettings(
        int cycles, int submissions, SitePlan site, long memoryMaxBytes, Duration longest) {}
