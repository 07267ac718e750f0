package io.gleaner.telemetry;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code gleaner.heap.after.collection}: heap in use right after the last collection of any kind.
 *
 * <p>The JVM's own live data size stays zero until G1 has collected the old generation, which may
 * take hours. A young collection leaves old garbage in, so the least of some time is what lives.
 */
final class HeapAfterCollection implements MeterBinder {

    private static final Set<String> HEAP_POOLS =
            ManagementFactory.getMemoryPoolMXBeans().stream()
                    .filter(pool -> pool.getType() == MemoryType.HEAP)
                    .map(MemoryPoolMXBean::getName)
                    .collect(Collectors.toUnmodifiableSet());

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gleaner.heap.after.collection", HeapAfterCollection::bytes)
                .baseUnit("bytes")
                .description("Heap in use after the last collection; NaN before the first")
                .register(registry);
        Gauge.builder("gleaner.heap.max", () -> Runtime.getRuntime().maxMemory())
                .baseUnit("bytes")
                .description("Largest heap the JVM may use")
                .register(registry);
    }

    static double bytes() {
        return ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class).stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(last -> (double) heapAfter(last))
                .orElse(Double.NaN);
    }

    private static long heapAfter(GcInfo collection) {
        return collection.getMemoryUsageAfterGc().entrySet().stream()
                .filter(pool -> HEAP_POOLS.contains(pool.getKey()))
                .mapToLong(pool -> pool.getValue().getUsed())
                .sum();
    }
}
