package io.gleaner.perf.bench;

import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.process.Redis;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the caches are good for, with a real Redis behind them. */
public final class CacheBench implements Bench {

    private static final double LAG_P99_MS_MAX = 50;

    private final CacheSettings settings;

    public CacheBench(CacheSettings settings) {
        this.settings = settings;
    }

    private record Results(
            CacheLevels.Result levels, CachedPages.Result pages, CacheProbe.Result probe) {}

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        try (Redis redis = lab.redis()) {
            lab.say("single and pipelined reads, stampede, lag");
            CacheProbe.Result probe =
                    lab.probe(
                            redis,
                            new CacheProbe.Work(
                                    settings.callers(), settings.saturation(), settings.rounds()));
            CacheLevels.Result levels = new CacheLevels(lab, settings).measure(redis);
            CachedPages.Result pages = new CachedPages(lab, settings).measure(redis);
            return findings(lab, new Results(levels, pages, probe));
        }
    }

    private Findings findings(Lab lab, Results results) {
        CacheProbe.Result probe = results.probe();
        CacheLevels.Result levels = results.levels();
        CachedPages.Result pages = results.pages();
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                List.of(
                        LoadTables.closed(
                                "Status reads, %d connections, by the level that answers"
                                        .formatted(settings.connections()),
                                levels.reads()),
                        pages(pages),
                        stampede(levels, probe),
                        ways(probe),
                        lag(probe)),
                List.of(
                        above(levels, CacheLevels.PROCESS, CacheLevels.REDIS),
                        Verdict.none(
                                "status reads without a right answer",
                                levels.reads().values().stream()
                                        .flatMap(List::stream)
                                        .mapToLong(LoadResult::lost)
                                        .sum()),
                        Verdict.none(
                                "pages asked for at the site while the cache had them",
                                pages.cached().stream().mapToLong(CachedPages.Run::requests).sum()),
                        Verdict.none(
                                "pages that came to a fault",
                                pages.cached().stream().mapToLong(CachedPages.Run::failed).sum()
                                        + pages.fetched().stream()
                                                .mapToLong(CachedPages.Run::failed)
                                                .sum()),
                        Verdict.atMost(
                                "loads of one cold status, one process",
                                (double) levels.loads(),
                                1),
                        Verdict.atMost(
                                "loads of one cold key, two processes",
                                (double) probe.loadsEach(),
                                2),
                        Verdict.atMost(
                                "loads of one cold key, two processes, one load in all asked for",
                                (double) probe.loadsInTurn(),
                                1),
                        Verdict.below(
                                "lag of invalidations, p99, ms",
                                probe.lag().p99Ms(),
                                LAG_P99_MS_MAX)),
                List.of(
                        "Status reads: three API processes over one database at the same time, of"
                            + " which one is asked: with its cache, with"
                            + " GLEANER_STATUS_CACHE_BYTES=0 and Redis, with that and no Redis. All"
                            + " jobs have ended.",
                        "Pages: jobs over the same pages, in turn with \"maxAge\": \"1h\" and"
                            + " without; time from createdAt to finishedAt. The site takes 50 to"
                            + " 150 ms a page.",
                        "Stampede of a status: every connection's first request, over HTTP. Of a"
                            + " key: threads on the product's cache classes, two sets with"
                            + " connections of their own standing for two processes; a load takes"
                            + " 200 ms.",
                        "Lag: from the begin of invalidate() in one set of caches until the other"
                                + " has no value any more, looked at every 20 µs or so."),
                results);
    }

    private static Verdict above(CacheLevels.Result levels, String more, String less) {
        return Verdict.atLeast(
                "status reads, %s over %s".formatted(more, less),
                rate(levels, more) / rate(levels, less),
                1);
    }

    private static double rate(CacheLevels.Result levels, String level) {
        return Spread.of(
                        levels.reads().getOrDefault(level, List.of()),
                        LoadResult::acceptedPerSecond)
                .median();
    }

    private Table pages(CachedPages.Result pages) {
        return new Table(
                "The same %,d pages again, %d hosts".formatted(settings.pages(), settings.hosts()),
                List.of("median (least .. most)", "filling the cache", "from the cache", "fetched"),
                List.of(
                        row("seconds", pages, CachedPages.Run::seconds),
                        row("pages/s", pages, run -> settings.pages() / run.seconds()),
                        row("from the cache, by the job", pages, run -> (double) run.fromCache()),
                        row("requests at the site", pages, run -> (double) run.requests())));
    }

    private static List<String> row(
            String name, CachedPages.Result pages, ToDoubleFunction<CachedPages.Run> value) {
        return List.of(
                name,
                Figures.number(value.applyAsDouble(pages.first())),
                Spread.of(pages.cached(), value).text(),
                Spread.of(pages.fetched(), value).text());
    }

    private Table stampede(CacheLevels.Result levels, CacheProbe.Result probe) {
        String callers = "%,d callers".formatted(settings.callers());
        return new Table(
                "One cold key",
                List.of("who", "loads"),
                List.of(
                        List.of(
                                "%s of an ended job's status over HTTP (%,d waited for the load; %,d"
                                                .formatted(
                                                        callers,
                                                        levels.waited(),
                                                        levels.answers().accepted())
                                        + " answers in 2 s)",
                                String.valueOf(levels.loads())),
                        List.of(
                                "%s in each of two processes".formatted(callers),
                                String.valueOf(probe.loadsEach())),
                        List.of(
                                "%s in each of two processes, one load in all asked for"
                                        .formatted(callers),
                                String.valueOf(probe.loadsInTurn()))));
    }

    private static Table ways(CacheProbe.Result probe) {
        double base = Spread.of(probe.ways().getFirst().keysPerSecond()).median();
        return new Table(
                "Reads of Redis by one process, values of 400 bytes",
                List.of("100 keys", "keys/s", "ratio"),
                probe.ways().stream()
                        .map(
                                way -> {
                                    Spread rate = Spread.of(way.keysPerSecond());
                                    return List.of(
                                            way.name(),
                                            rate.text(),
                                            Figures.number(rate.median() / base));
                                })
                        .toList());
    }

    private static Table lag(CacheProbe.Result probe) {
        return new Table(
                "Lag of %,d invalidations from one process to another"
                        .formatted(probe.lag().count()),
                List.of("", "ms"),
                List.of(
                        List.of("p50", Figures.number(probe.lag().p50Ms())),
                        List.of("p99", Figures.number(probe.lag().p99Ms())),
                        List.of("p99.9", Figures.number(probe.lag().p999Ms())),
                        List.of("longest", Figures.number(probe.lag().maxMs()))));
    }
}
