package io.gleaner.perf.shapes;

import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.users.Requests;
import java.util.ArrayList;
import java.util.List;

/** Holds a run against the limits of its shape. */
final class Judge {

    /** T3 of the requirements: a thousand requests a minute. */
    private static final double STRESS_REQUESTS_MIN = 1_000 / 60.0;

    private static final double RECOVERED = 0.75;
    private static final double SHED_MAX = 0.05;

    private Judge() {}

    static List<Verdict> of(Run run, List<Bottleneck> bottlenecks) {
        var verdicts = new ArrayList<Verdict>();
        Limits limits = Limits.of(run.settings().shape());
        switch (run.settings().shape()) {
            case SMOKE, STEADY, RAMP, SOAK -> answers(verdicts, "", run.answers(), limits);
            case SPIKE -> spike(verdicts, run, limits);
            case STRESS -> stress(verdicts, run);
        }
        verdicts.add(
                Verdict.atMost(
                        "share of pages that came to a fault",
                        Faults.share(run.before(), run.after()),
                        limits.faultShare()));
        if (!Double.isNaN(run.drainSeconds())) {
            verdicts.add(
                    Verdict.atMost(
                            "seconds until nothing was queued",
                            run.drainSeconds(),
                            limits.drainSeconds()));
        }
        bottlenecks.stream()
                .filter(bottleneck -> isJudged(run.settings().shape(), bottleneck.kind()))
                .map(
                        bottleneck ->
                                new Verdict(
                                        "not held up: " + bottleneck.kind().words(),
                                        bottleneck.measured(),
                                        bottleneck.limit(),
                                        !bottleneck.felt()))
                .forEach(verdicts::add);
        return verdicts;
    }

    /** Spike and stress are there to use something up; what it is stands in the report. */
    private static boolean isJudged(Shape shape, Bottleneck.Kind kind) {
        return switch (shape) {
            case SMOKE, STEADY, RAMP, SOAK -> true;
            case SPIKE, STRESS ->
                    switch (kind) {
                        case DATABASE_LOCKS, DATABASE_DISK, POOL, CPU, GC -> false;
                        case STANDSTILL, OTHER_CPU, SITE, REDIS, HEAP -> true;
                    };
        };
    }

    private static void answers(
            List<Verdict> verdicts, String when, Answers answers, Limits limits) {
        verdicts.add(
                Verdict.atMost(
                        "p99 of requests that wait for no page, ms" + when,
                        answers.latency(Requests.prompt()).p99Ms(),
                        limits.promptP99Ms()));
        verdicts.add(
                Verdict.atMost(
                        "share of requests without a right answer" + when,
                        answers.errorShare(),
                        limits.errorShare()));
    }

    private static void spike(List<Verdict> verdicts, Run run, Limits limits) {
        double seconds = run.seconds();
        answers(
                verdicts,
                ", before",
                run.answers().between(0, Shape.SPIKE_BEGINS * seconds),
                limits);
        verdicts.add(
                Verdict.atMost(
                        "share of requests without a right answer, in the spike",
                        run.answers()
                                .between(Shape.SPIKE_BEGINS * seconds, Shape.SPIKE_ENDS * seconds)
                                .errorShare(),
                        SHED_MAX));
        answers(verdicts, ", after", run.answers().between(RECOVERED * seconds, seconds), limits);
    }

    private static void stress(List<Verdict> verdicts, Run run) {
        verdicts.add(
                new Verdict(
                        "the breaking point was found",
                        run.broke()
                                .map(
                                        step ->
                                                "%s users/s, p99 %s ms, %s wrong"
                                                        .formatted(
                                                                Figures.number(
                                                                        step.usersPerSecond()),
                                                                Figures.number(step.promptP99Ms()),
                                                                Figures.percent(step.errorShare())))
                                .orElse("not within the run: use a higher --rate"),
                        "found",
                        run.broke().isPresent()));
        verdicts.add(
                Verdict.atLeast(
                        "requests/s of the last step that was borne",
                        run.bore().map(StressStep::requestsPerSecond).orElse(0.0),
                        STRESS_REQUESTS_MIN));
    }
}
