package io.gleaner.perf.chaos;

import io.gleaner.perf.process.DelayingProxy;
import io.gleaner.perf.process.Redis;
import java.time.Duration;

/** What can be wrong with a Redis. */
enum RedisTrouble {
    KILLED,
    FROZEN,
    SLOW,
    FULL;

    void begin(Redis redis, DelayingProxy proxy, Duration slow) throws InterruptedException {
        switch (this) {
            case KILLED -> redis.kill();
            case FROZEN -> redis.freeze();
            case SLOW -> proxy.delay(slow);
            case FULL -> redis.ask("CONFIG SET maxmemory 1");
        }
    }

    void end(Redis redis, DelayingProxy proxy) throws InterruptedException {
        switch (this) {
            case KILLED -> redis.restart();
            case FROZEN -> redis.thaw();
            case SLOW -> proxy.delay(Duration.ZERO);
            case FULL -> redis.ask("CONFIG SET maxmemory 0");
        }
    }
}
