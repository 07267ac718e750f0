package io.gleaner.perf.validate;

import java.time.Duration;

/**
 * How {@code bench normal} runs.
 *
 * @param requestsPerMinute a third of them scrapes, the others reads of states
 * @param duration of the load
 * @param warmUp time before that, not counted
 */
public record NormalSettings(int requestsPerMinute, Duration duration, Duration warmUp) {}
