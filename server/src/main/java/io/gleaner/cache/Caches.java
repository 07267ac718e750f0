package io.gleaner.cache;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;

/** The caches of this process and what connects them with those of other processes. */
public final class Caches implements AutoCloseable {

    private final SharedStore store;
    private final MeterRegistry metrics;
    private final InstantSource clock;
    private final Invalidations invalidations;

    public Caches(SharedStore store, Bus bus, MeterRegistry metrics, InstantSource clock) {
        this.store = store;
        this.metrics = metrics;
        this.clock = clock;
        this.invalidations = Invalidations.start(bus, metrics, clock);
    }

    /** A new cache; its name must be new too. */
    public <V> TwoLevelCache<V> open(CacheSpec<V> spec) {
        var cache =
                new TwoLevelCache<>(
                        spec, store, invalidations, new CacheMetrics(metrics, spec.name()), clock);
        invalidations.register(cache);
        return cache;
    }

    @Override
    public void close() {
        invalidations.close();
    }
}
