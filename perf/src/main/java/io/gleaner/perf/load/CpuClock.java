package io.gleaner.perf.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** CPU time that this process has used since the clock was made. */
final class CpuClock {

    private static final OperatingSystemMXBean SYSTEM =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final long begin = SYSTEM.getProcessCpuTime();

    double seconds() {
        return (SYSTEM.getProcessCpuTime() - begin) / (double) TimeUnit.SECONDS.toNanos(1);
    }
}
