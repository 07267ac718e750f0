package io.gleaner.perf.bench;

import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Tasks a second that one worker process leases and settles when it need not fetch. */
public final class QueueBench implements Bench {

    private static final double RATE_MIN = 10_000;

    private final QueueSettings settings;

    public QueueBench(QueueSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public Findings run(Lab lab) throws InterruptedException {
        var results = new ArrayList<QueueResult>();
        try (Postgres postgres = lab.postgres()) {
            for (int round = 1; round <= settings.rounds(); round++) {
                DatabaseAddress database = postgres.fresh("gleaner_bench");
                lab.prepare(database);
                lab.say("round %d: queue %,d tasks".formatted(round, settings.tasks()));
                new Preload(settings.tasks(), settings.hosts(), settings.jobs())
                        .into(database, loaded -> {});
                lab.say("round %d: lease and settle".formatted(round));
                QueueResult result = lab.work(database, settings.work());
                lab.say(
                        "  %.0f tasks/s over %.1f s"
                                .formatted(result.settledPerSecond(), result.seconds()));
                results.add(result);
            }
        }
        var rate = Spread.of(results, QueueResult::settledPerSecond);
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                List.of(QueueTables.of("Lease and settle", Map.of("one worker", results))),
                List.of(Verdict.atLeast("tasks/s leased and settled, median", rate, RATE_MIN)),
                List.of(
                        "The worker is a process of its own with the product's HostQueues and"
                                + " Settlement; its pages are made up, so nothing is fetched or"
                                + " extracted.",
                        "Tasks were queued by SQL before the measurement, each round in a new"
                                + " database.",
                        "Time counts from the end of the warm-up to the last settlement."),
                results);
    }
}
