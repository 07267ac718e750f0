package io.gleaner.telemetry;

import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;

/**
 * {@code gleaner.jvm.allocated.bytes}: what all threads have allocated on the heap since the
 * process began, virtual ones included. Unlike the collector's figure it is right at any moment.
 */
final class AllocatedBytes implements MeterBinder {

    @Override
    public void bindTo(MeterRegistry registry) {
        if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()) {
            FunctionCounter.builder(
                            "gleaner.jvm.allocated.bytes",
                            threads,
                            ThreadMXBean::getTotalThreadAllocatedBytes)
                    .description("Bytes allocated on the heap by all threads")
                    .register(registry);
        }
    }
}
