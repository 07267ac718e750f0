package io.gleaner.perf.micro;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How {@code bench micro} runs.
 *
 * @param filter a regular expression that the names to run match somewhere
 * @param time that counts, of each benchmark with each input in each JVM; as much goes before it
 * @param forks JVMs, one after the other, of each benchmark with each input
 */
public record MicroSettings(String filter, Duration time, int forks) {

    public MicroSettings {
        Pattern.compile(filter);
        if (!time.isPositive()) {
            throw new IllegalArgumentException("seconds must be at least 1: " + time);
        }
        if (forks < 1) {
            throw new IllegalArgumentException("forks must be at least 1: " + forks);
        }
    }
}
