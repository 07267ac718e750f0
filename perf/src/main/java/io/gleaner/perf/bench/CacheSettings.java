package io.gleaner.perf.bench;

import java.time.Duration;

/**
 * @param jobs whose statuses are asked for
 * @param connections of the closed loop of status reads
 * @param pages that are scraped again and again
 * @param hosts they are on
 * @param callers of one cold key
 */
public record CacheSettings(
        int rounds,
        Duration warmUp,
        Duration saturation,
        int jobs,
        int connections,
        int pages,
        int hosts,
        int callers) {}
