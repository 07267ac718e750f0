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
    private static final String REQUESTS_HELP = "Requests by the level that answered, and how";

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
        this.coalesced =
                counter("gleaner.cache.coalesced", "Misses that shared the load of another");
        this.overtaken =
                counter(
                        "gleaner.cache.overtaken",
                        "Loads that were not kept, because of an invalidation meanwhile");
        this.failed = counter("gleaner.cache.load.failures", "Loads that failed");
        this.loads =
                Timer.builder("gleaner.cache.loads")
                        .description("Time of loads")
                        .tag("cache", cache)
                        .register(registry);
        ratio("l1", () -> hit.count() + absent.count() + stale.count(), miss);
        ratio("l2", sharedHit::count, sharedMiss);
    }

    void evicted(String cause) {
        Counter.builder("gleaner.cache.evictions")
                .description("Values that left the first level")
                .tags("cache", cache, "cause", cause)
                .register(registry)
                .increment();
    }

    void size(LongSupplier bytes, long limitBytes) {
        BudgetMetrics.bytes("cache-" + cache, limitBytes, bytes, registry);
        Gauge.builder("gleaner.cache.bytes", bytes::getAsLong)
                .description("Bytes in the first level")
                .tag("cache", cache)
                .register(registry);
    }

    /** Share of the requests since the process began that this level answered; NaN without any. */
    private void ratio(String level, DoubleSupplier hits, Counter misses) {
        Gauge.builder(
                        "gleaner.cache.hit.ratio",
                        () -> hits.getAsDouble() / (hits.getAsDouble() + misses.count()))
                .description(
                        "Share of the requests that the level answered, since the process began")
                .tags("cache", cache, "level", level)
                .register(registry);
    }

    private Counter requests(String level, String outcome) {
        return Counter.builder(REQUESTS)
                .description(REQUESTS_HELP)
                .tags("cache", cache, "level", level, "outcome", outcome)
                .register(registry);
    }

    private Counter counter(String name, String help) {
        return Counter.builder(name).description(help).tag("cache", cache).register(registry);
    }
}
