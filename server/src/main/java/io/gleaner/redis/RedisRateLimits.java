package io.gleaner.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gleaner.cache.RateLimits;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Sliding windows that all processes share, by Redis' clock. While Redis is away each process
 * counts for itself.
 */
public final class RedisRateLimits implements RateLimits {

    private static final String PREFIX = "gleaner:rate:";
    private static final long WINDOW_MICROS = TimeUnit.MINUTES.toMicros(1);

    // A set of times; what is older than the window goes first. Numbers of this size are exact.
    private static final String TAKE =
            """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local window = tonumber(ARGV[2])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now - window))
            if redis.call('ZCARD', KEYS[1]) < tonumber(ARGV[1]) then
              redis.call('ZADD', KEYS[1], string.format('%.0f', now), ARGV[3])
              redis.call('PEXPIRE', KEYS[1], string.format('%.0f', window / 1000))
              return 0
            end
            local oldest = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
            return math.max(1, oldest[2] + window - now)
            """;

    private final String me = UUID.randomUUID().toString();
    private final AtomicLong count = new AtomicLong();
    private final Redis redis;
    private final RateLimits own;

    /**
     * @param own for the time without Redis
     */
    public RedisRateLimits(Redis redis, RateLimits own) {
        this.redis = redis;
        this.own = own;
    }

    @Override
    public Duration take(String key, int perMinute) {
        String name = me + count.incrementAndGet();
        Redis.Reply<Long> wait =
                redis.ask(
                        commands ->
                                commands.<Long>eval(
                                        TAKE,
                                        ScriptOutputType.INTEGER,
                                        new String[] {PREFIX + key},
                                        ascii(perMinute),
                                        ascii(WINDOW_MICROS),
                                        name.getBytes(US_ASCII)));
        return wait.asOptional()
                .map(micros -> Duration.of(micros, java.time.temporal.ChronoUnit.MICROS))
                .orElseGet(() -> own.take(key, perMinute));
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(US_ASCII);
    }
}
