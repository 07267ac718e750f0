package io.gleaner.perf.chaos;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.chaos.OutageSettings.Mode;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.PostgresControl;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** Takes the database away under a crawl, submissions and reads, and brings it back. */
public final class OutageBench implements Bench {

    private static final int HOSTS = 20;
    private static final String HOST_SLOTS = "2";
    private static final Duration CRAWL_LONGEST = Duration.ofMinutes(5);
    private static final Duration QUEUES_LONGEST = Duration.ofSeconds(30);

    private final OutageSettings settings;

    public OutageBench(OutageSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "outage";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        var outcomes = new ArrayList<OutageOutcome>();
        for (Mode mode : settings.modes()) {
            try (Postgres postgres = lab.postgres();
                    Site site = lab.site(plan())) {
                outcomes.add(run(lab, mode, postgres, site));
            }
        }
        return findings(lab, outcomes);
    }

    private SitePlan plan() {
        long submissions = settings.submissionsPerSecond() * (settings.inAll().toSeconds() + 1) * 2;
        return SitePlan.of(Math.toIntExact(settings.pages() + submissions), HOSTS)
                .withSize(200, 2_000)
                .withLatency(Duration.ofMillis(200), Duration.ofMillis(600));
    }

    private static List<String> arguments() {
        return List.of(
                "--allow-private-networks",
                "--crawl-delay-min",
                "0s",
                "--host-slots",
                HOST_SLOTS,
                "--attempts",
                "50");
    }

    private OutageOutcome run(Lab lab, Mode mode, Postgres postgres, Site site)
            throws IOException, InterruptedException {
        lab.say("%s: start".formatted(mode));
        DatabaseAddress database = postgres.fresh("gleaner_bench");
        try (Service service =
                        lab.service(
                                Optional.of(database.url()),
                                arguments(),
                                List.of(),
                                Map.of(),
                                Optional.empty());
                PoolWatch pools = PoolWatch.over(new Api(service.target()));
                var load =
                        new OutageLoad(
                                service.target(),
                                n -> site.url(Math.toIntExact(settings.pages() + n)).toString())) {
            var submitter = new Submitter(() -> Optional.of(service.target()));
            Acknowledged crawl = submitter.crawl("crawl", crawl(site));
            load.begin(settings, crawl.id());
            TimeUnit.NANOSECONDS.sleep(settings.before().toNanos());
            long[] away = takeAway(lab, mode, postgres.control());
            load.await();
            boolean alive = service.isAlive();
            var api = new Api(service.target());
            lab.say("%s: what was refused is sent again".formatted(mode));
            int again = load.sendAgain(submitter);
            JsonNode end = api.awaitEnd(crawl.id(), CRAWL_LONGEST);
            var acknowledged = new ArrayList<>(load.acknowledged());
            acknowledged.add(crawl);
            lab.say("%s: audit of %d jobs".formatted(mode, acknowledged.size()));
            String worker = service.worker();
            Audit audit = new Audit(database, acknowledged, "");
            audit.awaitQuiet(QUEUES_LONGEST);
            return OutageOutcome.of(
                    mode,
                    settings,
                    load.events(),
                    pools.samples(),
                    away,
                    audit.check(api, List.of(worker)),
                    end,
                    acknowledged.size(),
                    again,
                    alive);
        }
    }

    private String crawl(Site site) {
        return """
        {"crawl":{"url":"%s","limit":%d,"maxDepth":1000,"sitemap":"skip","external":true}}\
        """
                .formatted(site.url(0), settings.pages());
    }

    /** Answers when it was gone and when it was back. */
    private long[] takeAway(Lab lab, Mode mode, PostgresControl control)
            throws InterruptedException {
        lab.say("%s: PostgreSQL is away for %s".formatted(mode, settings.outage()));
        long gone = System.nanoTime();
        switch (mode) {
            case STOP -> control.stop("fast");
            case FREEZE -> control.freeze();
        }
        try {
            TimeUnit.NANOSECONDS.sleep(settings.outage().toNanos());
        } finally {
            switch (mode) {
                case STOP -> control.start();
                case FREEZE -> control.thaw();
            }
        }
        lab.say("%s: PostgreSQL is back".formatted(mode));
        return new long[] {gone, System.nanoTime()};
    }

    private Findings findings(Lab lab, List<OutageOutcome> outcomes) {
        var tables = new ArrayList<Table>();
        var verdicts = new ArrayList<Verdict>();
        for (OutageOutcome outcome : outcomes) {
            tables.add(outcome.summary());
            tables.add(
                    Timeline.table(
                            outcome.mode() + ": second by second, 0 when it went away",
                            outcome.windows()));
            verdicts.addAll(outcome.verdicts());
        }
        return new Findings(
                Shown.settings(
                        lab,
                        settings,
                        Map.of("arguments of the service", String.join(" ", arguments()))),
                tables,
                verdicts,
                List.of(
                        "Requests stand at the intended time of their send; latency counts from"
                                + " it.",
                        "Pools, timeouts and the rest are what /metrics said last in that window;"
                                + " timeouts and refusals are sums since the start.",
                        "Each submission has a key. What was refused is sent again under it at the"
                                + " end, so a job that was stored though its answer was lost shows"
                                + " as answered 200 then, and a job twice would show as surplus."),
                outcomes);
    }
}
