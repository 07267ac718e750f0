package io.gleaner.perf.availability;

import io.gleaner.perf.chaos.Audit;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.pods.Probes.Availability;
import io.gleaner.perf.pods.Probes.Probe;
import io.gleaner.perf.pods.Termination;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What a watch found.
 *
 * @param seconds that the deed took
 * @param answers to the job stream's submissions, by status
 * @param broken connections of the job stream
 * @param streamed jobs of the stream
 * @param joined connections that the proxy made
 * @param refused connections that it could not make
 */
record Outcome(
        double seconds,
        Availability availability,
        Map<String, LoadResult> loads,
        List<SteadyLoad.Failure> failures,
        Map<Integer, Long> answers,
        long broken,
        int streamed,
        Audit.Result audit,
        List<Termination> terminations,
        long joined,
        long refused) {

    private static final int FAILURES_SHOWN = 20;

    /**
     * @param ended processes that should have been
     */
    List<Verdict> verdicts(int ended) {
        return List.of(
                Verdict.atLeast("processes told to end", terminations.size(), ended),
                Verdict.atLeast(
                        "availability by probes every second, %", availability.percent(), 100),
                Verdict.none(
                        "requests of the load without a right answer",
                        loads.values().stream().mapToLong(LoadResult::lost).sum()),
                Verdict.none(
                        "submissions of the stream that failed",
                        broken
                                + answers.entrySet().stream()
                                        .filter(answer -> answer.getKey() / 100 != 2)
                                        .mapToLong(Map.Entry::getValue)
                                        .sum()),
                Verdict.none("connections that the proxy could not make", refused),
                Verdict.none("acknowledged URLs without a page or fault", audit.lost()),
                Verdict.none("URLs that a job has twice", audit.twice()),
                Verdict.none("pages that nobody submitted", audit.foreign()),
                Verdict.none("pages that came to a fault", audit.faults() + audit.workersLost()),
                Verdict.none(
                        "jobs unfinished, without an acknowledgement, or with wrong counts",
                        audit.unfinished() + audit.surplus() + audit.gaps() + audit.counters()),
                Verdict.none("tasks or queues left", audit.backlog() + audit.leases()),
                Verdict.none("answers over HTTP that differ from the rows", audit.overHttp()),
                Verdict.none(
                        "processes that took SIGKILL",
                        terminations.stream().filter(Termination::killed).count()),
                Verdict.none(
                        "processes that did not end with exit code 0",
                        terminations.stream()
                                .filter(end -> end.exitCode().orElse(-1) != 0)
                                .count()));
    }

    List<Table> tables() {
        var tables = new ArrayList<>(List.of(requests(), ends()));
        if (!failures.isEmpty() || !availability.failed().isEmpty()) {
            tables.add(failed());
        }
        return tables;
    }

    private Table requests() {
        var rows = new ArrayList<List<String>>();
        loads.forEach(
                (kind, load) ->
                        rows.add(
                                List.of(
                                        kind,
                                        String.valueOf(load.sent()),
                                        String.valueOf(load.lost()),
                                        Figures.number(load.latency().p50Ms()),
                                        Figures.number(load.latency().p99Ms()),
                                        Figures.number(load.latency().maxMs()))));
        Spread took = Spread.of(availability.probes(), probe -> probe.took().toNanos() / 1e6);
        rows.add(
                List.of(
                        "probes",
                        String.valueOf(availability.probes().size()),
                        String.valueOf(availability.failed().size()),
                        Figures.number(took.median()),
                        "",
                        ""));
        rows.add(
                List.of(
                        "submissions of the stream, tried again",
                        String.valueOf(streamed),
                        String.valueOf(broken),
                        "",
                        "",
                        ""));
        return new Table(
                "Requests through the proxy",
                List.of("", "sent", "without a right answer", "p50, ms", "p99, ms", "longest, ms"),
                rows);
    }

    private Table ends() {
        return new Table(
                "Ends of processes",
                List.of("pod", "mark to SIGTERM, s", "SIGTERM to exit, s", "exit code", "SIGKILL"),
                terminations.stream()
                        .map(
                                end ->
                                        List.of(
                                                end.pod(),
                                                seconds(
                                                        Duration.between(
                                                                end.marked(), end.signalled())),
                                                seconds(end.stopping()),
                                                end.exitCode().isPresent()
                                                        ? String.valueOf(end.exitCode().getAsInt())
                                                        : "none",
                                                end.killed() ? "yes" : "no"))
                        .toList());
    }

    private static String seconds(Duration time) {
        return Figures.number(time.toNanos() / 1e9);
    }

    private Table failed() {
        var rows = new ArrayList<List<String>>();
        failures.stream()
                .limit(FAILURES_SHOWN)
                .forEach(
                        failure ->
                                rows.add(
                                        List.of(
                                                failure.at().toString(),
                                                failure.kind(),
                                                failure.what())));
        for (Probe probe : availability.failed()) {
            rows.add(List.of(probe.at().toString(), "probe", probe.problem()));
        }
        terminations.forEach(
                end -> rows.add(List.of(end.marked().toString(), end.pod(), "marked")));
        rows.sort(Comparator.comparing(List::getFirst));
        return new Table(
                "Failures, the first %d of the load, and the pods' ends".formatted(FAILURES_SHOWN),
                List.of("when", "who", "what"),
                rows);
    }
}
