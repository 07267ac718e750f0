package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Run;
import io.gleaner.perf.chaos.Audit;
import io.gleaner.perf.pods.Termination;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a drill says about its policy and about the service. */
record DrillFindings(DrillSettings settings, Outcome outcome) {

    private static final double RESUME_SECONDS_MAX = 3;
    private static final double MS = 1000;
    private static final int DIFFERING_SHOWN = 3;

    Findings findings(Map<String, String> shown) {
        var comparison = new Comparison(outcome.real(), outcome.band());
        var verdicts = new ArrayList<>(outcome.conduct().verdicts());
        verdicts.add(comparison.verdict());
        verdicts.addAll(
                new Promise(settings.slo(), outcome.undisturbed(), outcome.band(), outcome.taken())
                        .verdicts(outcome.real()));
        verdicts.addAll(accounts());
        verdicts.addAll(settings.kill() ? kills() : ends());
        return new Findings(
                shown,
                List.of(comparison.table(), worker(), rescales(), counts()),
                verdicts,
                notes(),
                outcome);
    }

    private List<Verdict> accounts() {
        Audit.Result audit = outcome.audit();
        return List.of(
                Verdict.none("tasks lost", audit.lost()),
                Verdict.none("pages stored twice", audit.twice()),
                Verdict.atMost(
                        "requests refused for lack of time",
                        (double) outcome.refused(),
                        0,
                        outcome.taken() ? Double.POSITIVE_INFINITY : Double.NaN),
                Verdict.none("requests that failed", outcome.failures().size()),
                Verdict.none("pages that were not fetched at the end", audit.backlog()),
                Verdict.none(
                        "wrong in the rows besides: foreign pages, gaps, counters, jobs, faults,"
                                + " leases, answers",
                        audit.foreign()
                                + audit.gaps()
                                + audit.counters()
                                + audit.unfinished()
                                + audit.surplus()
                                + audit.faults()
                                + audit.workersLost()
                                + audit.leases()
                                + audit.overHttp()));
    }

    private List<Verdict> ends() {
        return List.of(
                Verdict.atLeast("workers that were ended", outcome.ends().size(), 1),
                Verdict.none(
                        "workers that took SIGKILL to end",
                        outcome.ends().stream().filter(Termination::killed).count()));
    }

    private List<Verdict> kills() {
        var rescues = outcome.rescues();
        return List.of(
                Verdict.atLeast(
                        "workers killed with a queue in hand",
                        rescues.list().size(),
                        DrillBench.KILLS),
                Verdict.atMost(
                        "queues of a killed worker resumed after, longest, s",
                        rescues.quiet().maxMs() / MS,
                        RESUME_SECONDS_MAX),
                Verdict.none("killed workers never relieved", rescues.neverFreed()));
    }

    private Table worker() {
        var figures = outcome.worker();
        return new Table(
                "One worker, measured before",
                List.of("", "measured", "the policy's pod, by its own time"),
                List.of(
                        List.of(
                                "pages/s",
                                figures.pagesPerSecond().text(),
                                Figures.number(outcome.capacity().itemsPerSecond())),
                        List.of(
                                "CPU for a page, ms, when warm",
                                figures.cpuMillisPerPage().text(),
                                Figures.number(outcome.capacity().cpuMillisPerItem())),
                        row(
                                "CPU at that, m; request",
                                figures.fullCpuMilli(),
                                outcome.capacity().cpuRequestMilli()),
                        List.of(
                                "CPU idle, m, from the line through full and quiet load",
                                figures.idleCpuMilli().text(),
                                Figures.number(outcome.capacity().idleCpuMilli())),
                        List.of(
                                "CPU until it is warm, s, on top; the same by the policy's time",
                                figures.coldCpuMillis().times(1 / MS).text(),
                                figures.coldCpuMillis().times(settings.factor() / MS).text()),
                        List.of(
                                "pages until it is warm",
                                Figures.number(figures.coldPages()),
                                Figures.number(figures.coldPages())),
                        row(
                                "resident, MiB; request",
                                figures.memoryMiB(),
                                outcome.capacity().memoryRequestMiB()),
                        List.of(
                                "s until ready",
                                figures.readySeconds().text(),
                                Figures.number(outcome.capacity().readySeconds()))));
    }

    private static List<String> row(String name, double one, double other) {
        return List.of(name, Figures.number(one), Figures.number(other));
    }

    private Table rescales() {
        return new Table(
                "Decisions",
                List.of("s", "workers", "why"),
                outcome.rescales().stream()
                        .map(
                                one ->
                                        List.of(
                                                String.valueOf(one.second()),
                                                "%d -> %d".formatted(one.from(), one.to()),
                                                one.reason()))
                        .toList());
    }

    private Table counts() {
        var rows = new ArrayList<List<String>>();
        rows.add(row("requests", outcome.requests()));
        rows.add(row("pages stored", outcome.audit().pages()));
        rows.add(row("pages fetched more than once", outcome.fetchedTwice()));
        rows.add(row("workers ended by SIGTERM", outcome.ends().size()));
        rows.add(
                List.of(
                        "from SIGTERM to the end, longest, s",
                        Figures.number(
                                outcome.ends().stream()
                                        .mapToDouble(end -> end.stopping().toMillis() / MS)
                                        .max()
                                        .orElse(0))));
        rows.add(row("workers killed", outcome.killed()));
        rows.add(row("of these without a queue", outcome.rescues().heldNothing()));
        rows.add(row("syncs with an error", outcome.errors().size()));
        return new Table("What happened", List.of("", ""), rows);
    }

    private static List<String> row(String name, long count) {
        return List.of(name, String.valueOf(count));
    }

    private List<String> notes() {
        var notes =
                new ArrayList<>(
                        List.of(
                                "Time runs %d times as fast for the controller, its metrics and the load; all seconds are the policy's unless they are said to be the machine's."
                                        .formatted(settings.factor()),
                                "The simulations play the same load. Each draws what a worker can do from the spread above, and each pod how it starts: in %s s here."
                                        .formatted(outcome.worker().readySeconds().text()),
                                "Tolerance: two sync periods, for simulation and cluster decide"
                                    + " once in a period and by an average over another. Replicas"
                                    + " have none: how metrics are rounded up to whole pods is in"
                                    + " the simulations.",
                                "Time in queue: from the submission until the page was fetched, the"
                                    + " fetch included; in the simulation until a worker takes it.",
                                "Workers share the cores with the database, the site and each"
                                    + " other: their pace is set by the latency of the pages."));
        outcome.conduct().differing().stream()
                .limit(DIFFERING_SHOWN)
                .forEach(
                        one ->
                                notes.add(
                                        "Decided %d workers, and the policy says %d: %s"
                                                .formatted(
                                                        one.sync().wanted(),
                                                        one.due(),
                                                        one.sync().seen())));
        List<Run.Point> outside = outcome.band().outside(outcome.real());
        if (!outside.isEmpty()) {
            notes.add(
                    "Outside at second: "
                            + outside.stream()
                                    .map(
                                            point ->
                                                    "%d (%d workers)"
                                                            .formatted(
                                                                    point.second(), point.wanted()))
                                    .collect(Collectors.joining(", ")));
        }
        outcome.failures().stream()
                .limit(3)
                .forEach(line -> notes.add("A failed request: " + line));
        outcome.errors().stream().limit(3).forEach(line -> notes.add("A failed sync: " + line));
        return notes;
    }
}
