package io.gleaner.perf.chaos;

import java.time.Duration;

/**
 * @param phase load in each trouble, and between two of them
 * @param frozen load while Redis is frozen
 * @param slow what is added to each answer of Redis
 * @param submissionsPerSecond of a page each
 */
public record RedisSettings(
        int rounds,
        Duration warmUp,
        Duration phase,
        Duration frozen,
        Duration slow,
        int submissionsPerSecond,
        int readsPerSecond) {}
