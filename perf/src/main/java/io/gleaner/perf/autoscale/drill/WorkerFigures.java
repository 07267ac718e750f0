package io.gleaner.perf.autoscale.drill;

/**
 * What one worker can do and takes on this machine, in the machine's time.
 *
 * @param pagesPerSecond at most
 * @param fullCpuMilli thousandths of a core at that
 * @param idleCpuMilli thousandths of a core without any work, as the line through full and quiet
 *     load has it: a page costs more when few come, and that is where it matters
 * @param memoryMiB resident when it works
 * @param readySeconds from the start of the process until it is ready, when several start at once
 */
record WorkerFigures(
        double pagesPerSecond,
        double fullCpuMilli,
        double idleCpuMilli,
        double memoryMiB,
        double readySeconds) {

    /** Pages a second and the CPU at that. */
    record Point(double pagesPerSecond, double cpuMilli) {}

    static WorkerFigures of(Point full, Point quiet, double memoryMiB, double readySeconds) {
        double slope =
                (full.cpuMilli() - quiet.cpuMilli())
                        / (full.pagesPerSecond() - quiet.pagesPerSecond());
        double idle = full.cpuMilli() - slope * full.pagesPerSecond();
        return new WorkerFigures(
                full.pagesPerSecond(), full.cpuMilli(), Math.max(0, idle), memoryMiB, readySeconds);
    }

    WorkerFigures {
        if (!(pagesPerSecond > 0) || !(fullCpuMilli > idleCpuMilli)) {
            throw new IllegalArgumentException(
                    "a worker that does %s pages/s with %s m of CPU (idle: %s m) cannot be scaled by"
                                    .formatted(pagesPerSecond, fullCpuMilli, idleCpuMilli)
                            + " its work");
        }
    }
}
