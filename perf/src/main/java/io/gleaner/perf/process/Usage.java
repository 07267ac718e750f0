package io.gleaner.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have used since they began.
 *
 * @param cpuSeconds user and system time
 * @param rssBytes resident now
 * @param rssPeakBytes the sum of each one's largest resident size
 */
public record Usage(double cpuSeconds, long rssBytes, long rssPeakBytes) {

    // USER_HZ is 100 on every Linux that Java runs on (man 5 proc, man 7 time).
    private static final double TICKS_PER_SECOND = 100;
    private static final int UTIME_AFTER_NAME = 11;
    private static final int STIME_AFTER_NAME = 12;
    private static final long KIB = 1024;

    /** Of this process. */
    public static Usage own() {
        return of(List.of(ProcessHandle.current().pid()));
    }

    static Usage of(List<Long> pids) {
        double cpu = 0;
        long rss = 0;
        long peak = 0;
        for (long pid : pids) {
            try {
                cpu += cpuSeconds(pid);
                List<String> status = Files.readAllLines(Path.of("/proc/" + pid + "/status"));
                rss += kilobytes(status, "VmRSS:") * KIB;
                peak += kilobytes(status, "VmHWM:") * KIB;
            } catch (IOException e) {
                // It has ended meanwhile, or this is no Linux: it counts as nothing.
            }
        }
        return new Usage(cpu, rss, peak);
    }

    /** The same processes later than {@code before}: CPU in between, memory as it is now. */
    public Usage since(Usage before) {
        return new Usage(cpuSeconds - before.cpuSeconds, rssBytes, rssPeakBytes);
    }

    private static double cpuSeconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        // The name in brackets may hold spaces, so fields are counted after it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME_AFTER_NAME]) + Long.parseLong(fields[STIME_AFTER_NAME]))
                / TICKS_PER_SECOND;
    }

    private static long kilobytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
