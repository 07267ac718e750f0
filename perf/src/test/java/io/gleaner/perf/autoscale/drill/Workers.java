package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.drill.WorkerFigures.Start;
import io.gleaner.perf.autoscale.drill.WorkerFigures.Trial;
import io.gleaner.perf.autoscale.drill.WorkerFigures.Work;
import io.gleaner.perf.report.Spread;
import java.util.List;

/** Figures of workers. */
final class Workers {

    private Workers() {}

    /** All the same, and warm from the start. */
    static WorkerFigures like(
            double pagesPerSecond, double cpuMillis, double idle, double mib, double ready) {
        return new WorkerFigures(
                Spread.of(List.of(pagesPerSecond)),
                Spread.of(List.of(cpuMillis)),
                Spread.of(List.of(idle)),
                List.of(0.0),
                Spread.of(List.of(0.0)),
                300,
                mib,
                Spread.of(List.of(ready)),
                Spread.of(List.of(0.0)));
    }

    /** Of one worker that was seen under full and under little load. */
    static WorkerFigures measured(double fullPace, double fullCpu, double pace, double cpu) {
        var full = new Work(1, fullPace, fullCpu);
        return WorkerFigures.of(
                new Trial(
                        List.of(new Work(30, 30 * fullPace, 60 * fullCpu)),
                        List.of(List.of(full)),
                        List.of(List.of(full)),
                        List.of(List.of(new Work(1, pace, cpu))),
                        List.of(new Start(3, 2_000)),
                        180));
    }

    /** As a drill measured them on two cores on 2026-12-01. */
    static WorkerFigures measuredHere() {
        return new WorkerFigures(
                new Spread(9.82, 9.53, 10.19, 8),
                new Spread(9.40, 8.93, 13.6, 4),
                new Spread(49.6, 47.1, 53.6, 4),
                List.of(
                        -24.2, -3.7, -3.4, -2.9, -1.9, -1.5, -0.5, -0.1, 0.1, 0.5, 1.5, 1.9, 2.9,
                        3.4, 3.7, 24.0),
                new Spread(2_511, 2_451, 2_570, 2),
                237.5,
                188,
                new Spread(13.3, 5.21, 18.8, 4),
                new Spread(4_720, 4_530, 4_870, 4));
    }

    /** The same where a drill beside a process that took half a core had widened the spread. */
    static WorkerFigures measuredBesideOthers() {
        WorkerFigures quiet = measuredHere();
        return new WorkerFigures(
                quiet.pagesPerSecond(),
                new Spread(9.40, 7, 20, 80),
                new Spread(49.6, 31, 79, 80),
                quiet.noiseMilli(),
                quiet.coldCpuMillis(),
                quiet.coldPages(),
                quiet.memoryMiB(),
                quiet.readySeconds(),
                quiet.startCpuMillis());
    }
}
