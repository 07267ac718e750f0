package io.gleaner.perf.shapes;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Postgres;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Report;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Lets users arrive in a {@link Shape}. Starts PostgreSQL, Redis, the service and a site for it, or
 * takes a service that runs already.
 */
public final class LoadBench implements Bench {

    private static final int PAGES = 50_000;
    private static final int HOSTS = 500;
    private static final double ERRORS_PLANTED = 0.1;
    private static final String CONNECTIONS_FEWEST = "6";

    private final LoadSettings settings;
    private final Interruption interruption;

    /**
     * @param interruption by which somebody may end the run early, with a report
     */
    public LoadBench(LoadSettings settings, Interruption interruption) {
        this.settings = settings;
        this.interruption = interruption;
    }

    @Override
    public String name() {
        return "load-" + settings.shape().word();
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        Optional<URI> target = settings.target();
        return target.isPresent() ? against(lab, target.get()) : withService(lab);
    }

    private Findings against(Lab lab, URI target) throws IOException, InterruptedException {
        try (Site site = lab.site(SitePlan.of(PAGES, HOSTS))) {
            var subject =
                    new LoadRun.Subject(
                            target, Optional.empty(), Optional.empty(), Optional.empty(), site);
            return findings(
                    lab, new LoadRun(lab, settings, subject, urls(site), interruption).run());
        }
    }

    private Findings withService(Lab lab) throws IOException, InterruptedException {
        lab.say("start");
        try (Postgres postgres = lab.postgres();
                Site site = lab.site(sitePlan());
                Services redis =
                        new Services(
                                settings.redis() ? Optional.of(lab.redis()) : Optional.empty())) {
            DatabaseAddress database = postgres.fresh("gleaner_bench");
            try (Service service =
                    lab.service(
                            Optional.of(database.url()),
                            List.of("--allow-private-networks", "--crawl-delay-min", "0s"),
                            javaFlags(lab),
                            environment(redis.redis()),
                            Optional.empty())) {
                var subject =
                        new LoadRun.Subject(
                                service.url(),
                                Optional.of(service),
                                Optional.of(new LoadRun.Database(database, postgres)),
                                redis.redis(),
                                site);
                return findings(
                        lab, new LoadRun(lab, settings, subject, urls(site), interruption).run());
            }
        }
    }

    /** A Redis that may not be there. */
    private record Services(Optional<Redis> redis) implements AutoCloseable {
        @Override
        public void close() {
            redis.ifPresent(Redis::close);
        }
    }

    private boolean planted(PlantedFault fault) {
        return settings.fault().filter(fault::equals).isPresent();
    }

    private SitePlan sitePlan() {
        SitePlan plan = SitePlan.of(PAGES, HOSTS);
        return planted(PlantedFault.SITE_ERRORS) ? plan.withErrorRate(ERRORS_PLANTED) : plan;
    }

    private List<String> javaFlags(Lab lab) {
        return planted(PlantedFault.LEAK) ? List.of(LeakAgent.flag(lab.folder("leak"))) : List.of();
    }

    private Map<String, String> environment(Optional<Redis> redis) {
        var environment = new HashMap<String, String>();
        redis.ifPresent(server -> environment.put("GLEANER_REDIS_URL", server.url()));
        if (planted(PlantedFault.POOL)) {
            environment.put("GLEANER_DATABASE_CONNECTIONS", CONNECTIONS_FEWEST);
        }
        return environment;
    }

    private List<String> urls(Site site) {
        return settings.urls().isEmpty()
                ? IntStream.range(0, PAGES).mapToObj(n -> site.url(n).toString()).toList()
                : settings.urls().stream().map(URI::toString).toList();
    }

    private Findings findings(Lab lab, Run run) {
        List<Bottleneck> bottlenecks = Bottlenecks.of(run);
        return new Findings(
                Shown.settings(lab, settings, Map.of("key", settings.key().isEmpty() ? "" : "...")),
                List.of(run.answers().table(), held(bottlenecks), Times.of(run)),
                Judge.of(run, bottlenecks),
                notes(run, bottlenecks),
                run);
    }

    private static Table held(List<Bottleneck> bottlenecks) {
        return new Table(
                "What held it up, the most severe first",
                List.of("", "measured", "felt from", "measured over that", "look at next"),
                bottlenecks.stream()
                        .map(
                                b ->
                                        List.of(
                                                b.kind().words(),
                                                b.measured(),
                                                b.limit(),
                                                Figures.number(b.severity()),
                                                b.kind().next()))
                        .toList());
    }

    private static List<String> notes(Run run, List<Bottleneck> bottlenecks) {
        var notes = new ArrayList<String>();
        notes.add(
                bottlenecks.stream()
                        .findFirst()
                        .map(
                                first ->
                                        first.felt()
                                                ? "Held up most by: %s (%s). Look at next: %s."
                                                        .formatted(
                                                                first.kind().words(),
                                                                first.measured(),
                                                                first.kind().next())
                                                : "Nothing was felt; nearest to it: %s (%s)."
                                                        .formatted(
                                                                first.kind().words(),
                                                                first.measured()))
                        .orElse("Nothing could be measured."));
        if (run.interrupted()) {
            notes.add(
                    "It was ended before its time; the figures are of what had happened by then.");
        }
        notes.addAll(run.answers().errorLines());
        notes.add(
                "Users arrive at given times whatever the service does; a time counts from when its"
                        + " request was sent, in whole milliseconds, and ends with the last byte.");
        return notes;
    }

    /** Where a service is, for a plan's URL. */
    static Target target(URI url) {
        try {
            return Target.of(url);
        } catch (IllegalArgumentException e) {
            throw new BenchException(
                    "%s is not on loopback; run the load test where the service is".formatted(url),
                    e);
        }
    }

    static Api api(URI url, String key) {
        return new Api(target(url), key);
    }

    @Override
    public Optional<String> page(Report report) {
        return Optional.of(LoadPage.of(report));
    }
}
