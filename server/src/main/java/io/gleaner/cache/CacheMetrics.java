package io.gleaner.cache;

import io.gleaner.budget.BudgetMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** What one cache did, by level and outcome. */
final class CacheMetrics {

    private static final String REQUESTS = "gleaner.cache.requests";

    final Counter hit;
    final Counter absent;
    final Counter stale;
    final Counter miss;
    final Counter sharedHit;
    final Counter sharedMiss;
    final Counter coalesced;
    final Counter overtaken;
    final Counter failed;
    final Timer loads;
    private final MeterRegistry registry;
    private final String cache;

    CacheMetrics(MeterRegistry registry, String cache) {
        this.registry = registry;
        this.cache = cache;
        this.hit = requests("l1", "hit");
        this.absent = requests("l1", "negative");
        this.stale = requests("l1", "stale");
        this.miss = requests("l1", "miss");
        this.sharedHit = requests("l2", "hit");
        this.sharedMiss = requests("l2", "miss");
        this.coalesced = counter("gleaner.cache.coalesced");
        this.overtaken = counter("gleaner.cache.overtaken");
        this.failed = counter("gleaner.cache.load.failures");
        this.loads = Timer.builder("gleaner.cache.loads").tag("cache", cache).register(registry);
        ratio("l1", () -> hit.count() + absent.count() + stale.count(), miss);
        ratio("l2", sharedHit::count, sharedMiss);
    }

    void evicted(String cause) {
        registry.counter("gleaner.cache.evictions", "cache", cache, "cause", cause).increment();
    }

    void size(LongSupplier bytes, long limitBytes) {
        BudgetMetrics.bytes("cache-" + cache, limitBytes, bytes, registry);
        Gauge.builder("gleaner.cache.bytes", bytes::getAsLong)
                .tag("cache", cache)
                .register(registry);
    }

    /** Share of the requests since the process began that this level answered; NaN without any. */
    private void ratio(String level, DoubleSupplier hits, Counter misses) {
        Gauge.builder(
                        "gleaner.cache.hit.ratio",
                        () -> hits.getAsDouble() / (hits.getAsDouble() + misses.count()))
                .tags("cache", cache, "level", level)
                .register(registry);
    }

    private Counter requests(String level, String outcome) {
        return registry.counter(REQUESTS, "cache", cache, "level", level, "outcome", outcome);
    }

    private Counter counter(String name) {
        return registry.counter(name, "cache", cache);
    }
}
