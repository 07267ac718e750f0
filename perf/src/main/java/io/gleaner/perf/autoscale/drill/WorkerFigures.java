package io.gleaner.perf.autoscale.drill;

/**
 * What one worker can do and takes on this machine, in the machine's time.
 *
 * @param pagesPerSecond at most
 * @param fullCpuMilli thousandths of a core at that
 * @param idleCpuMilli thousandths of a core without any work
 * @param memoryMiB resident when it works
 * @param readySeconds from the start of the process until it is ready, when several start at once
 */
record WorkerFigures(
        double pagesPerSecond,
        double fullCpuMilli,
        double idleCpuMilli,
        double memoryMiB,
        double readySeconds) {

    WorkerFigures {
        if (!(pagesPerSecond > 0) || !(fullCpuMilli > idleCpuMilli)) {
            throw new IllegalArgumentException(
                    "a worker that does %s pages/s with %s m of CPU (idle: %s m) cannot be scaled by"
                                    .formatted(pagesPerSecond, fullCpuMilli, idleCpuMilli)
                            + " its work");
        }
    }
}
