package io.gleaner.app;

import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.LocalRateLimits;
import io.gleaner.cache.RateLimits;
import io.gleaner.cache.SharedStore;
import io.gleaner.database.Database;
import io.gleaner.redis.Redis;
import io.gleaner.redis.RedisBus;
import io.gleaner.redis.RedisRateLimits;
import io.gleaner.redis.RedisStore;
import io.gleaner.telemetry.Telemetry;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What connects this process with others: nothing with an embedded database, which is ours alone;
 * messages by way of a database that others use too; Redis where there is one.
 */
record Links(@Nullable Redis redis, Bus bus, Caches caches, RateLimits rates)
        implements AutoCloseable {

    static Links open(
            Settings settings, Database database, Telemetry telemetry, InstantSource clock) {
        MeterRegistry metrics = telemetry.registry();
        RateLimits own = new LocalRateLimits(clock);
        Bus bus = settings.databaseUrl() == null ? Bus.NONE : DatabaseBus.start(database, metrics);
        if (settings.redis() == null) {
            return new Links(null, bus, new Caches(SharedStore.NONE, bus, metrics, clock), own);
        }
        Redis redis = Redis.start(settings.redis(), metrics);
        bus = new FallbackBus(RedisBus.start(redis, metrics), redis::isUp, bus);
        return new Links(
                redis,
                bus,
                new Caches(new RedisStore(redis), bus, metrics, clock),
                new RedisRateLimits(redis, own));
    }

    @Override
    public void close() {
        caches.close();
        bus.close();
        if (redis != null) {
            redis.close();
        }
    }
}
