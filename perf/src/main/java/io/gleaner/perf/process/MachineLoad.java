package io.gleaner.perf.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How busy the machine is. Steal is time that the hypervisor gave to others: a run with much of it
 * says little.
 *
 * @param load1 load average over a minute
 * @param busyTicks time of all cores since boot that was not idle, steal aside
 * @param stealTicks time of all cores since boot that was stolen
 * @param totalTicks time of all cores since boot
 */
public record MachineLoad(double load1, long busyTicks, long stealTicks, long totalTicks) {

    private static final int IDLE = 3;
    private static final int IOWAIT = 4;
    private static final int STEAL = 7;

    /** Zeros where {@code /proc} is missing. */
    public static MachineLoad now() {
        try {
            String average = Files.readString(Path.of("/proc/loadavg"));
            String total = Files.readAllLines(Path.of("/proc/stat")).getFirst();
            List<Long> ticks =
                    List.of(total.replaceFirst("cpu\\s+", "").split(" ", -1)).stream()
                            .limit(STEAL + 1)
                            .map(Long::parseLong)
                            .toList();
            long sum = ticks.stream().mapToLong(Long::longValue).sum();
            long idle = ticks.get(IDLE) + ticks.get(IOWAIT);
            long steal = ticks.get(STEAL);
            return new MachineLoad(
                    Double.parseDouble(average.substring(0, average.indexOf(' '))),
                    sum - idle - steal,
                    steal,
                    sum);
        } catch (IOException e) {
            return new MachineLoad(0, 0, 0, 0);
        }
    }

    /** Share of the time since {@code before} that was stolen, 0 to 1. */
    public double stealSince(MachineLoad before) {
        return share(stealTicks - before.stealTicks, before);
    }

    /** Share of the time since {@code before} that the cores worked for us, 0 to 1. */
    public double busySince(MachineLoad before) {
        return share(busyTicks - before.busyTicks, before);
    }

    private double share(long ticks, MachineLoad before) {
        long all = totalTicks - before.totalTicks;
        return all <= 0 ? 0 : ticks / (double) all;
    }
}
