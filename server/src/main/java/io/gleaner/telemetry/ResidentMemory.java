package io.gleaner.telemetry;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory that the operating system has given to the process: heap, native and code together. And
 * how much there is: the limit of the container (cgroup v1 or v2), or the memory of the machine.
 */
final class ResidentMemory implements MeterBinder {

    private static final Path STATUS = Path.of("/proc/self/status");

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("process.resident.memory", ResidentMemory::bytes)
                .baseUnit("bytes")
                .description("Resident set size; NaN where /proc is missing")
                .register(registry);
        Gauge.builder("process.memory.limit", ResidentMemory::limitBytes)
                .baseUnit("bytes")
                .description("Memory of the container, or of the machine outside of one")
                .register(registry);
    }

    static double limitBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    static double bytes() {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
