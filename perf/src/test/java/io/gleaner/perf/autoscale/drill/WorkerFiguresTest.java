package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gleaner.perf.autoscale.drill.WorkerFigures.Work;
import io.gleaner.perf.report.Spread;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A worker of 10 pages/s, 8 ms of CPU a page and 20 m without any. */
class WorkerFiguresTest {

    private final WorkerFigures worker = Workers.measured(10, 100, 0.5, 24);

    private static List<Work> window(double pages, double cpuMillis) {
        return List.of(new Work(3, pages, cpuMillis), new Work(3, pages, cpuMillis));
    }

    @Test
    void aBusyWindowOfTheDrillTellsWhatAPageCostsAndAQuietOneWhatIdlingDoes() {
        WorkerFigures wider =
                worker.with(
                        List.of(window(30, 3 * 20 + 30 * 12), window(1.5, 3 * 40 + 1.5 * 8)),
                        List.of());
        assertThat(wider.cpuMillisPerPage().max()).isCloseTo(12, within(1e-9));
        assertThat(wider.idleCpuMilli().max()).isCloseTo(40, within(1e-9));
    }

    @Test
    void theMiddleIsTheTrials() {
        WorkerFigures wider = worker.with(List.of(window(30, 900)), List.of(4.0, 9.0));
        assertThat(wider.cpuMillisPerPage().median()).isEqualTo(worker.cpuMillisPerPage().median());
        assertThat(wider.readySeconds()).isEqualTo(Spread.of(List.of(4.0, 9.0)));
    }

    @Test
    void withoutADrillNothingChanges() {
        WorkerFigures same = worker.with(List.of(), List.of());
        assertThat(same.cpuMillisPerPage().max()).isEqualTo(worker.cpuMillisPerPage().max());
        assertThat(same.readySeconds()).isEqualTo(worker.readySeconds());
    }
}
