package io.gleaner.perf.bench;

import io.gleaner.perf.site.SitePlan;
import java.time.Duration;

/**
 * How {@code bench status} runs.
 *
 * @param ratePerSecond of the open loop
 * @param open time of the open loop
 * @param saturation time of each closed loop
 * @param warmUp time before all, not counted
 * @param connections of the closed loops
 * @param jobs that are asked for, beside the crawl
 * @param site what is crawled meanwhile; large enough not to end
 */
public record StatusSettings(
        int ratePerSecond,
        Duration open,
        Duration saturation,
        Duration warmUp,
        int connections,
        int rounds,
        int jobs,
        SitePlan site) {}
