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
import java.util.function.ToDoubleFunction;

/** Whether leasing and settling cost the same however much is queued. */
public final class BacklogBench implements Bench {

    private static final double RATIO_MAX = 1.25;

    private final BacklogSettings settings;

    public BacklogBench(BacklogSettings settings) {
        this.settings = settings;
    }

    /** Everything, for machines. */
    private record Raw(Map<Long, List<QueueResult>> bySize, List<QueueResult> churn) {}

    @Override
    public String name() {
        return "backlog";
    }

    @Override
    public Findings run(Lab lab) throws InterruptedException {
        Map<Long, List<QueueResult>> bySize = new LinkedHashMap<>();
        List<QueueResult> churn = new ArrayList<>();
        try (Postgres postgres = lab.postgres()) {
            Map<Long, DatabaseAddress> databases = new LinkedHashMap<>();
            for (long size : settings.sizes()) {
                databases.put(size, load(lab, postgres, size));
                bySize.put(size, new ArrayList<>());
            }
            for (int round = 1; round <= settings.rounds(); round++) {
                for (long size : turns(round)) {
                    QueueResult result = lab.work(of(databases, size), settings.work());
                    of(bySize, size).add(result);
                    lab.say(
                            "round %d, %,d tasks: lease p99 %.2f ms, settle p99 %.2f ms"
                                    .formatted(
                                            round,
                                            size,
                                            result.lease().p99Ms(),
                                            result.settle().p99Ms()));
                }
            }
            if (!settings.churn().isZero()) {
                churn.add(churn(lab, of(databases, settings.churnSize())));
            }
        }
        return findings(lab, bySize, churn);
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
        QueueWork work = settings.work();
        Pin pin = Pin.hold(database, settings.pin());
        try {
            return lab.work(
                    database,
                    new QueueWork(
                            work.lanes(),
                            work.hostsEach(),
                            work.tasksEach(),
                            work.batch(),
                            work.pageBytes(),
                            true,
                            work.warmUp(),
                            settings.churn(),
                            work.window()));
        } finally {
            pin.close();
        }
    }

    private Findings findings(
            Lab lab, Map<Long, List<QueueResult>> bySize, List<QueueResult> churn) {
        var tables = new ArrayList<Table>();
        Map<String, List<QueueResult>> columns = new LinkedHashMap<>();
        bySize.forEach((size, results) -> columns.put("%,d".formatted(size), results));
        tables.add(QueueTables.of("Queued tasks", columns));
        var verdicts = new ArrayList<Verdict>();
        List<QueueResult> smallest = of(bySize, settings.sizes().getFirst());
        for (long size : settings.sizes().subList(1, settings.sizes().size())) {
            String name = "%,d".formatted(size);
            verdicts.add(
                    ratio(
                            "lease p99 at " + name,
                            of(bySize, size),
                            smallest,
                            BacklogBench::leaseP99));
            verdicts.add(
                    ratio(
                            "settle p99 at " + name,
                            of(bySize, size),
                            smallest,
                            BacklogBench::settleP99));
        }
        for (QueueResult result : churn) {
            tables.add(course(result));
            List<QueueResult> end = List.of(last(result));
            verdicts.add(
                    ratio(
                            "lease p99 at the end of the churn",
                            end,
                            smallest,
                            BacklogBench::leaseP99));
            verdicts.add(
                    ratio(
                            "settle p99 at the end of the churn",
                            end,
                            smallest,
                            BacklogBench::settleP99));
        }
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                tables,
                verdicts,
                List.of(
                        "Tasks were queued by SQL. Each page leads to one new task of its host, so"
                                + " the backlog stays as long as it was.",
                        "Every lease takes the same number of queues and tasks at every size.",
                        "Each turn is a new worker process; the sizes are databases of one server"
                                + " and take turns."),
                new Raw(bySize, churn));
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

    /** The last whole window as a result of its own. */
    private static QueueResult last(QueueResult churn) {
        int whole = Math.max(0, churn.windows().size() - 2);
        QueueResult.Window window = churn.windows().get(whole);
        return new QueueResult(
                churn.seconds(),
                window.settled(),
                churn.leaseTasks(),
                window.lease(),
                window.settle(),
                churn.release(),
                churn.cpuSeconds(),
                List.of());
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
