package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;

/**
 * How {@code bench memory --compare-gc} runs.
 *
 * @param rounds each with a new service for every collector
 * @param readsPerSecond of job states, beside the crawl
 * @param warmUp time of both that does not count
 * @param window time that counts
 * @param heap largest, such as 512m
 * @param site what is crawled; large enough not to end
 * @param memoryMaxBytes of the service's cgroup, where one can be made
 */
public record CollectorSettings(
        int rounds,
        int readsPerSecond,
        Duration warmUp,
        Duration window,
        String heap,
        SitePlan site,
        long memoryMaxBytes) {}
