package io.gleaner.perf.bench;

import java.time.Duration;
import java.util.Map;

/**
 * How {@code bench submit} runs.
 *
 * @param ratePerSecond of the open loop
 * @param open time of the open loop
 * @param saturation time of the closed loop
 * @param warmUp time before both, not counted
 * @param connections of the closed loop
 * @param rounds repetitions, each with a service that is new
 * @param compare environment of the variant to compare with; empty for none
 */
public record SubmitSettings(
        int ratePerSecond,
        Duration open,
        Duration saturation,
        Duration warmUp,
        int connections,
        int rounds,
        Map<String, String> compare) {}
