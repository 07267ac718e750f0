package io.gleaner.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.management.ManagementFactory;

/** How many processors there are, and how long this process had them, in Prometheus' units. */
final class Processors implements MeterBinder {

    private static final double NANOS = 1e9;

    @Override
    public void bindTo(MeterRegistry registry) {
        var system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        FunctionCounter.builder("process.cpu", system, it -> it.getProcessCpuTime() / NANOS)
                .baseUnit("seconds")
                .description("CPU time of this process")
                .register(registry);
        Gauge.builder("system.cpus", Runtime.getRuntime(), Runtime::availableProcessors)
                .description("Processors that this process may use")
                .register(registry);
    }
}
