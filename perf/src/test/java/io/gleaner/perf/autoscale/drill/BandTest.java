package io.gleaner.perf.autoscale.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.autoscale.simulate.Simulation;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The drill's policy and load, with workers as they were measured: the band of 200 simulations. */
class BandTest {

    private static final int BAND = 200;
    private static final DrillSettings SETTINGS = Shipped.drill(5);
    private static final Miniature MINIATURE = Miniature.of(SETTINGS, Workers.measuredHere());
    private static final Trace LOAD =
            Trace.named("spike", 0.3 * MINIATURE.capacity().itemsPerSecond())
                    .between(Duration.ofMinutes(9), Duration.ofMinutes(31));
    private static final Band SIMULATED = MINIATURE.band(SETTINGS, LOAD, BAND);

    @Test
    void aCourseThatOnlyTheWorkersSpreadExplainsIsWithin() {
        List<Run> all =
                new Simulation(MINIATURE.spec(), MINIATURE.capacity(), SETTINGS.around())
                        .run(LOAD, MINIATURE.variation(), BAND + 50);
        assertThat(all.subList(BAND, all.size()))
                .allMatch(course -> new Comparison(course, SIMULATED).verdict().holds());
    }

    @Test
    void whatIsOutsideIsToldPointByPointAndFailsNothing() {
        Run middle = SIMULATED.middle();
        var points = new ArrayList<>(middle.points());
        Run.Point last = points.removeLast();
        points.add(new Run.Point(last.second(), 0, 0, 6, 6, 0));
        var odd = new Run("odd", points, 0, 0, 0, 0, middle.podsMax(), middle.changes(), 0, 0);
        assertThat(SIMULATED.outside(odd)).containsExactly(points.getLast());
        assertThat(new Comparison(odd, SIMULATED).verdict().outcome())
                .isEqualTo(Verdict.Outcome.NOT_MEASURABLE);
    }
}
