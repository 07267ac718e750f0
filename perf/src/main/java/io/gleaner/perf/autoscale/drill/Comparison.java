package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.util.List;

/** The replicas that were asked for in a real run, held against simulations of the same load. */
record Comparison(Run real, Band band) {

    /**
     * A course that leaves the band follows from its policy all the same, or {@link Conduct} says
     * where it does not: then the simulation does not know this machine.
     */
    Verdict verdict() {
        return Verdict.atMost(
                "points of the real course where none of %d simulations was within %d s"
                        .formatted(band.runs(), band.secondsAround()),
                band.outside(real).size(),
                0,
                Double.POSITIVE_INFINITY);
    }

    Table table() {
        Run simulated = band.middle();
        return new Table(
                "Real and simulated",
                List.of("", "real", "the simulation in the middle"),
                List.of(
                        row("most replicas", real.podsMax(), simulated.podsMax()),
                        row("replicas at the end", end(real), end(simulated)),
                        row("changes", real.changes(), simulated.changes()),
                        row("flaps", real.flaps(), simulated.flaps()),
                        row(
                                "pod-hours, by the policy's time",
                                real.podHours(),
                                simulated.podHours()),
                        row(
                                "time in queue p50, s",
                                real.waitP50Seconds(),
                                simulated.waitP50Seconds()),
                        row(
                                "time in queue p99, s",
                                real.waitP99Seconds(),
                                simulated.waitP99Seconds()),
                        row("longest, s", real.waitMaxSeconds(), simulated.waitMaxSeconds()),
                        row("largest backlog, pages", backlog(real), backlog(simulated))));
    }

    private static int end(Run run) {
        return run.points().getLast().wanted();
    }

    private static double backlog(Run run) {
        return run.points().stream().mapToDouble(Run.Point::backlog).max().orElse(0);
    }

    private static List<String> row(String name, double real, double simulated) {
        return List.of(name, Figures.number(real), Figures.number(simulated));
    }
}
