package io.gleaner.perf.bench;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Spread;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scrapes alone, and beside jobs whose expressions take all that a page may cost. */
public final class NeighboursBench implements Bench {

    private static final double RATIO_MAX = 2;
    private static final Duration BEGIN_LONGEST = Duration.ofMinutes(1);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final Duration CALM = Duration.ofSeconds(3);

    private final NeighboursSettings settings;

    public NeighboursBench(NeighboursSettings settings) {
        this.settings = settings;
    }

    /**
     * A block alone and a block beside the hostile jobs, in milliseconds a scrape.
     *
     * @param hostileDone pages of the hostile jobs that came to their end meanwhile
     */
    private record Round(Spread alone, Spread beside, long hostileDone) {
        double ratio() {
            return beside.median() / alone.median();
        }
    }

    @Override
    public String name() {
        return "neighbours";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        var rounds = new ArrayList<Round>();
        try (Site site = lab.site(settings.site());
                HostileSite hostile = new HostileSite(settings.paragraphs());
                Service service = lab.service(List.of("--allow-private-networks"), Map.of())) {
            var api = new Api(service.target());
            lab.say("warm-up");
            scrapes(api, site, 3 * settings.scrapes());
            for (int round = 1; round <= settings.rounds(); round++) {
                rounds.add(round(round, api, site, hostile));
                lab.say(
                        "round %d: alone %s ms, beside %s ms, ratio %.2f"
                                .formatted(
                                        round,
                                        rounds.getLast().alone().text(),
                                        rounds.getLast().beside().text(),
                                        rounds.getLast().ratio()));
            }
        }
        return findings(lab, rounds);
    }

    private Round round(int round, Api api, Site site, HostileSite hostile)
            throws IOException, InterruptedException {
        Spread alone = scrapes(api, site, settings.scrapes());
        var jobs = new ArrayList<String>();
        for (int job = 0; job < settings.jobs(); job++) {
            jobs.add(api.submit(body(hostile, round, job)));
        }
        awaitBegun(api, jobs);
        long before = done(api, jobs);
        Spread beside = scrapes(api, site, settings.scrapes());
        long during = done(api, jobs) - before;
        for (String job : jobs) {
            api.cancel(job);
        }
        Thread.sleep(CALM); // what was in hand comes to its end
        return new Round(alone, beside, during);
    }

    private String body(HostileSite hostile, int round, int job) {
        String urls =
                IntStream.range(0, settings.pages())
                        .mapToObj(page -> "\"" + hostile.url(round, job, page) + "\"")
                        .collect(Collectors.joining(","));
        return "{\"urls\":[%s],\"fields\":{\"f\":%s}}"
                .formatted(urls, settings.fields().get(job % settings.fields().size()));
    }

    private static void awaitBegun(Api api, List<String> jobs)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + BEGIN_LONGEST.toNanos();
        while (done(api, jobs) == 0) {
            if (System.nanoTime() > end) {
                throw new BenchException("the hostile jobs come to no end of any page");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private static long done(Api api, List<String> jobs) throws IOException {
        long done = 0;
        for (String job : jobs) {
            done += api.status(job).required("done").asLong();
        }
        return done;
    }

    private static Spread scrapes(Api api, Site site, int count) throws IOException {
        var millis = new ArrayList<Double>();
        for (int n = 0; n < count; n++) {
            String body = "{\"url\":\"%s\"}".formatted(site.url(n % site.plan().pages()));
            long begin = System.nanoTime();
            api.scrape(body);
            millis.add((System.nanoTime() - begin) / 1e6);
        }
        return Spread.of(millis);
    }

    private Findings findings(Lab lab, List<Round> rounds) {
        var ratio = Spread.of(rounds, Round::ratio);
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                List.of(
                        new Table(
                                "Medians of %d scrapes, by round".formatted(settings.scrapes()),
                                List.of("", "median (least .. most)"),
                                List.of(
                                        List.of(
                                                "alone, ms",
                                                Spread.of(rounds, r -> r.alone().median()).text()),
                                        List.of(
                                                "beside, ms",
                                                Spread.of(rounds, r -> r.beside().median()).text()),
                                        List.of(
                                                "longest alone, ms",
                                                Spread.of(rounds, r -> r.alone().max()).text()),
                                        List.of(
                                                "longest beside, ms",
                                                Spread.of(rounds, r -> r.beside().max()).text()),
                                        List.of("ratio", ratio.text()),
                                        List.of(
                                                "hostile pages that ended meanwhile",
                                                Spread.of(rounds, Round::hostileDone).text())))),
                List.of(
                        Verdict.atMost(
                                "a scrape beside %d hostile jobs, over one alone, median of rounds"
                                        .formatted(settings.jobs()),
                                ratio.median(),
                                RATIO_MAX)),
                List.of(
                        "Each round measures alone and then beside, so what the machine does"
                                + " otherwise falls on both.",
                        "Of three hostile jobs two have expressions far over what a page may cost"
                                + " and one stays just below it."),
                rounds);
    }
}
