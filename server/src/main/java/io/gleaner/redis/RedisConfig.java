package io.gleaner.redis;

import java.time.Duration;

/**
 * How Redis is used.
 *
 * @param url see {@link RedisUrl#ACCEPTED}
 * @param timeout longest wait for an answer
 * @param commandsMax most commands of this process that wait for an answer; more are refused
 */
public record RedisConfig(String url, Duration timeout, int commandsMax) {

    private static final Duration TIMEOUT = Duration.ofMillis(50);
    private static final int COMMANDS_MAX = 10_000;

    /**
     * @throws IllegalArgumentException saying what is accepted
     */
    public RedisConfig {
        RedisUrl.parse(url);
    }

    public static RedisConfig of(String url) {
        return new RedisConfig(url, TIMEOUT, COMMANDS_MAX);
    }

    /** Without user and password. */
    @Override
    public String toString() {
        return RedisUrl.parse(url).toString();
    }
}
