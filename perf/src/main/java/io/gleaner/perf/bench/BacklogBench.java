package io.gleaner.perf.bench;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Whether leasing and settling cost the same however much is queued. */
public final class BacklogBench implements Bench {

    private static final double RATIO_MAX = 1.25;
    private static final double COUNT_MS_MAX = 20;

    private final BacklogSettings settings;

    public BacklogBench(BacklogSettings settings) {
        this.settings = settings;
    }

    /** Everything, for machines. */
    private record Raw(
            Map<Long, List<QueueResult>> atRate,
            Map<Long, List<QueueResult>> atFullSpeed,
            Optional<QueueResult> churn,
            Map<Long, List<QueueResult>> afterChurn) {}

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public Findings run(Lab lab) throws InterruptedException {
        Map<Long, List<QueueResult>> atRate = new LinkedHashMap<>();
        Map<Long, List<QueueResult>> atFullSpeed = new LinkedHashMap<>();
        Map<Long, List<QueueResult>> afterChurn = new LinkedHashMap<>();
        Optional<QueueResult> churn = Optional.empty();
        try (Postgres postgres = lab.postgres()) {
            Map<Long, DatabaseAddress> databases = new LinkedHashMap<>();
            for (long size : settings.sizes()) {
                databases.put(size, load(lab, postgres, size));
            }
            together(lab, databases, atRate);
            for (long size : settings.sizes()) {
                add(atFullSpeed, size, alone(lab, of(databases, size), size));
            }
            if (!settings.churn().isZero()) {
                churn = Optional.of(churn(lab, of(databases, settings.churnSize())));
                together(lab, databases, afterChurn);
            }
        }
        return findings(lab, new Raw(atRate, atFullSpeed, churn, afterChurn));
    }

    /**
     * All sizes at the same time, so that a stall of the disk, a checkpoint and a neighbour on the
     * machine fall on all of them.
     */
    private void together(
            Lab lab, Map<Long, DatabaseAddress> databases, Map<Long, List<QueueResult>> results)
            throws InterruptedException {
        for (int round = 1; round <= settings.rounds(); round++) {
            Map<Long, Future<QueueResult>> begun = new LinkedHashMap<>();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                databases.forEach(
                        (size, database) ->
                                begun.put(
                                        size,
                                        threads.submit(() -> lab.work(database, settings.work()))));
                for (Map.Entry<Long, Future<QueueResult>> run : begun.entrySet()) {
                    QueueResult result = run.getValue().get();
                    say(lab, run.getKey(), result);
                    add(results, run.getKey(), result);
                }
            } catch (ExecutionException e) {
                throw new BenchException("a worker failed: " + e.getCause(), e);
            }
        }
    }

    private static void add(Map<Long, List<QueueResult>> results, long size, QueueResult result) {
        results.computeIfAbsent(size, key -> new ArrayList<>()).add(result);
    }

    private QueueResult alone(Lab lab, DatabaseAddress database, long size)
            throws InterruptedException {
        QueueResult result = lab.work(database, settings.work().atFullSpeed());
        say(lab, size, result);
        return result;
    }

    private static void say(Lab lab, long size, QueueResult result) {
        lab.say(
                "%,d tasks, %,.0f/s: lease p99 %.2f ms, settle p99 %.2f ms"
                        .formatted(
                                size,
                                result.settledPerSecond(),
                                result.lease().p99Ms(),
                                result.settle().p99Ms()));
    }

    private static <T> T of(Map<Long, T> map, long size) {
        return java.util.Objects.requireNonNull(map.get(size));
    }

    private DatabaseAddress load(Lab lab, Postgres postgres, long size)
            throws InterruptedException {
        lab.say("queue %,d tasks by SQL".formatted(size));
        DatabaseAddress database = postgres.fresh("gleaner_bench_" + size);
        lab.prepare(database);
        new Preload(size, settings.hosts(), settings.jobs())
                .into(database, loaded -> lab.say("  %,d".formatted(loaded)));
        return database;
    }

    private QueueResult churn(Lab lab, DatabaseAddress database) throws InterruptedException {
        lab.say(
                "churn at %,d tasks for %s, one transaction pinned for %s"
                        .formatted(settings.churnSize(), settings.churn(), settings.pin()));
        QueueWork work = settings.work().atFullSpeed().lasting(settings.churn());
        Pin pin = Pin.hold(database, settings.pin());
        try {
            return lab.work(database, work);
        } finally {
            pin.close();
        }
    }

    private Findings findings(Lab lab, Raw raw) {
        var tables = new ArrayList<Table>();
        String rate = "Queued tasks, each at %,.0f tasks/s".formatted(settings.work().rate());
        tables.add(QueueTables.of(rate, columns(raw.atRate)));
        tables.add(QueueTables.of("Queued tasks, at full speed", columns(raw.atFullSpeed)));
        raw.churn.ifPresent(result -> tables.add(course(result)));
        var verdicts = new ArrayList<Verdict>(verdicts(raw.atRate, ""));
        if (!raw.afterChurn.isEmpty()) {
            tables.add(QueueTables.of(rate + ", after the churn", columns(raw.afterChurn)));
            verdicts.addAll(verdicts(raw.afterChurn, ", after the churn"));
        }
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                tables,
                verdicts,
                List.of(
                        "Tasks were queued by SQL, up to twenty of a host one after the other, as"
                                + " the links of a page are. Each page leads to one new task of its"
                                + " host, so the backlog stays as long as it was.",
                        "Every lease takes the same number of queues and tasks at every size. At a"
                                + " rate, leases are due at even times, and the time of a lease"
                                + " counts from when it was due.",
                        "The backlog is counted ten times a second beside it, as each process that"
                                + " takes submissions does once a second. Of the hosts one in ten"
                                + " waits for a day, the others are due.",
                        "The sizes are databases of one server. At a rate each has a worker process"
                                + " of its own and all run at the same time; at full speed"
                                + " each runs once, alone."),
                raw);
    }

    private List<Verdict> verdicts(Map<Long, List<QueueResult>> results, String when) {
        List<QueueResult> smallest = of(results, settings.sizes().getFirst());
        Stream<Verdict> counts =
                settings.sizes().stream()
                        .map(
                                size ->
                                        Verdict.atMost(
                                                "longest count of the backlog at %,d%s, ms, median of the rounds"
                                                        .formatted(size, when),
                                                Spread.of(of(results, size), r -> r.count().maxMs())
                                                        .median(),
                                                COUNT_MS_MAX));
        Stream<Verdict> ratios =
                settings.sizes().stream()
                        .skip(1)
                        .flatMap(
                                size -> {
                                    List<QueueResult> runs = of(results, size);
                                    String at = " p99 at %,d%s".formatted(size, when);
                                    return Stream.of(
                                            ratio(
                                                    "lease" + at,
                                                    runs,
                                                    smallest,
                                                    BacklogBench::leaseP99),
                                            ratio(
                                                    "settle" + at,
                                                    runs,
                                                    smallest,
                                                    BacklogBench::settleP99));
                                });
        return Stream.concat(counts, ratios).toList();
    }

    private static Map<String, List<QueueResult>> columns(Map<Long, List<QueueResult>> bySize) {
        Map<String, List<QueueResult>> columns = new LinkedHashMap<>();
        bySize.forEach((size, results) -> columns.put("%,d".formatted(size), results));
        return columns;
    }

    private static double leaseP99(QueueResult result) {
        return result.lease().p99Ms();
    }

    private static double settleP99(QueueResult result) {
        return result.settle().p99Ms();
    }

    private static Verdict ratio(
            String what,
            List<QueueResult> runs,
            List<QueueResult> smallest,
            ToDoubleFunction<QueueResult> value) {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < Math.min(runs.size(), smallest.size()); round++) {
            ratios.add(
                    value.applyAsDouble(runs.get(round))
                            / value.applyAsDouble(smallest.get(round)));
        }
        return Verdict.atMost(
                what + ", times the smallest's, median of the rounds",
                Spread.of(ratios).median(),
                RATIO_MAX);
    }

    private Table course(QueueResult churn) {
        var rows = new ArrayList<List<String>>();
        double begin = 0;
        for (QueueResult.Window window : churn.windows()) {
            double seconds = Math.max(1e-9, window.endSeconds() - begin);
            rows.add(
                    List.of(
                            Figures.number(window.endSeconds()),
                            begin < settings.pin().toSeconds() ? "pinned" : "",
                            Figures.number(window.settled() / seconds),
                            Figures.number(window.lease().p50Ms()),
                            Figures.number(window.lease().p99Ms()),
                            Figures.number(window.settle().p50Ms()),
                            Figures.number(window.settle().p99Ms())));
            begin = window.endSeconds();
        }
        return new Table(
                "Churn at %,d tasks".formatted(settings.churnSize()),
                List.of(
                        "until, s",
                        "",
                        "tasks/s",
                        "lease p50, ms",
                        "lease p99, ms",
                        "settle p50, ms",
                        "settle p99, ms"),
                rows);
    }
}
