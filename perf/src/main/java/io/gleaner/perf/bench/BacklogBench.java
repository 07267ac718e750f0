package io.gleaner.perf.bench;

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
import java.util.function.ToDoubleFunction;

/** Whether leasing and settling cost the same however much is queued. */
public final class BacklogBench implements Bench {

    private static final double RATIO_MAX = 1.25;

    private final BacklogSettings settings;

    public BacklogBench(BacklogSettings settings) {
        this.settings = settings;
    }

    /** Everything, for machines. */
    private record Raw(
            Map<Long, List<QueueResult>> atRate,
            Map<Long, List<QueueResult>> atFullSpeed,
            Optional<QueueResult> churn,
            List<QueueResult> afterChurn) {}

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public Findings run(Lab lab) throws InterruptedException {
        Map<Long, List<QueueResult>> atRate = new LinkedHashMap<>();
        Map<Long, List<QueueResult>> atFullSpeed = new LinkedHashMap<>();
        Optional<QueueResult> churn = Optional.empty();
        List<QueueResult> afterChurn = new ArrayList<>();
        QueueWork work = settings.work();
        try (Postgres postgres = lab.postgres()) {
            Map<Long, DatabaseAddress> databases = new LinkedHashMap<>();
            for (long size : settings.sizes()) {
                databases.put(size, load(lab, postgres, size));
                atRate.put(size, new ArrayList<>());
                atFullSpeed.put(size, new ArrayList<>());
            }
            for (int round = 1; round <= settings.rounds(); round++) {
                for (long size : turns(round)) {
                    of(atRate, size).add(measure(lab, of(databases, size), size, work));
                }
            }
            for (int round = 1; round <= settings.rounds(); round++) {
                for (long size : turns(round)) {
                    of(atFullSpeed, size)
                            .add(measure(lab, of(databases, size), size, work.atFullSpeed()));
                }
            }
            if (!settings.churn().isZero()) {
                long size = settings.churnSize();
                churn = Optional.of(churn(lab, of(databases, size)));
                for (int round = 1; round <= settings.rounds(); round++) {
                    afterChurn.add(measure(lab, of(databases, size), size, work));
                }
            }
        }
        return findings(lab, new Raw(atRate, atFullSpeed, churn, afterChurn));
    }

    private static QueueResult measure(Lab lab, DatabaseAddress database, long size, QueueWork work)
            throws InterruptedException {
        QueueResult result = lab.work(database, work);
        lab.say(
                "%,d tasks, %,.0f/s: lease p99 %.2f ms, settle p99 %.2f ms"
                        .formatted(
                                size,
                                result.settledPerSecond(),
                                result.lease().p99Ms(),
                                result.settle().p99Ms()));
        return result;
    }

    private static <T> T of(Map<Long, T> map, long size) {
        return java.util.Objects.requireNonNull(map.get(size));
    }

    /** Every other round runs the other way, so that drift does not favour a size. */
    private List<Long> turns(int round) {
        return round % 2 == 1 ? settings.sizes() : settings.sizes().reversed();
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
        var columns = columns(raw.atRate);
        if (!raw.afterChurn.isEmpty()) {
            columns.put("%,d after the churn".formatted(settings.churnSize()), raw.afterChurn);
        }
        tables.add(
                QueueTables.of(
                        "Queued tasks, at %,.0f tasks/s".formatted(settings.work().rate()),
                        columns));
        tables.add(QueueTables.of("Queued tasks, at full speed", columns(raw.atFullSpeed)));
        raw.churn.ifPresent(result -> tables.add(course(result)));
        var verdicts = new ArrayList<Verdict>();
        List<QueueResult> smallest = of(raw.atRate, settings.sizes().getFirst());
        columns.entrySet().stream()
                .skip(1)
                .forEach(
                        column -> {
                            verdicts.add(
                                    ratio(
                                            "lease p99 at " + column.getKey(),
                                            column.getValue(),
                                            smallest,
                                            BacklogBench::leaseP99));
                            verdicts.add(
                                    ratio(
                                            "settle p99 at " + column.getKey(),
                                            column.getValue(),
                                            smallest,
                                            BacklogBench::settleP99));
                        });
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                tables,
                verdicts,
                List.of(
                        "Tasks were queued by SQL. Each page leads to one new task of its host, so"
                                + " the backlog stays as long as it was.",
                        "Every lease takes the same number of queues and tasks at every size. At a"
                                + " rate, leases are due at even times, and the time of a lease"
                                + " counts from when it was due.",
                        "Each turn is a new worker process; the sizes are databases of one server"
                                + " and take turns."),
                raw);
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
        return Verdict.atMost(
                what + ", times the smallest's",
                Spread.of(runs, value).median() / Spread.of(smallest, value).median(),
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
