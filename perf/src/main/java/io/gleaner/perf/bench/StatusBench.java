package io.gleaner.perf.bench;

import io.gleaner.perf.load.ClosedLoop;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.load.Workload;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Reads of job states while a crawl runs: their latency at a given rate, and how many at most. */
public final class StatusBench implements Bench {

    private static final double P99_MS_MAX = 5;
    private static final double SATURATION_MIN = 30_000;
    private static final Duration JOBS_LONGEST = Duration.ofMinutes(2);
    private static final String PLAIN = "plain";
    private static final String CONDITIONAL = "If-None-Match";
    private static final String OPEN = "open loop";
    private static final String OPEN_ALONE = "open loop, no crawl";
    private static final String ALONE = "plain, no crawl";
    private static final String BARE = Control.NAME;
    private static final String BARE_ALONE = Control.NAME + ", no crawl";

    private final StatusSettings settings;

    public StatusBench(StatusSettings settings) {
        this.settings = settings;
    }

    /** Load and how far the crawl came meanwhile. */
    private record Run(String what, LoadResult load, double crawlPagesPerSecond) {}

    @Override
    public String name() {
        return "status";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        var runs = new ArrayList<Run>();
        var controls = new ArrayList<Control>();
        lab.say("start");
        try (Site site = lab.site(settings.site());
                Service service = lab.service(List.of("--allow-private-networks"), Map.of())) {
            var api = new Api(service.target());
            List<String> jobs = submitJobs(lab, api, site);
            alone(lab, site, service, jobs, runs);
            String crawl = api.submit(Crawl.body(site, settings.site().pages()));
            jobs.add(crawl);
            measure(lab, site, service, api, jobs, crawl, runs, controls);
            if (!api.status(crawl).required("state").asString().equals("running")) {
                throw new BenchException(
                        "the crawl ended while status was measured: give the site more pages or a"
                                + " higher latency");
            }
        }
        return findings(lab, runs, controls);
    }

    private List<String> submitJobs(Lab lab, Api api, Site site) throws IOException {
        lab.say("submit %d jobs of one page".formatted(settings.jobs()));
        var jobs = new ArrayList<String>();
        for (int n = 0; n < settings.jobs(); n++) {
            jobs.add(
                    api.submit("{\"urls\":[\"%s\"]}".formatted(site.url(n % site.plan().pages()))));
        }
        for (String job : jobs) {
            api.awaitEnd(job, JOBS_LONGEST);
        }
        return jobs;
    }

    private void measure(
            Lab lab,
            Site site,
            Service service,
            Api api,
            List<String> jobs,
            String crawl,
            List<Run> runs,
            List<Control> controls)
            throws IOException, InterruptedException {
        var plain = new StatusWorkload(jobs, false);
        warmUp(lab, service, plain);
        for (int round = 1; round <= settings.rounds(); round++) {
            lab.say("round %d: %d/s".formatted(round, settings.ratePerSecond()));
            long before = done(api, crawl);
            Control open = atRate(site, service, plain);
            controls.add(open);
            runs.add(run(OPEN, open.load(), done(api, crawl) - before));
            runs.add(run(BARE, open.bare(), 0));
            for (String variant : round % 2 == 1 ? VARIANTS : VARIANTS.reversed()) {
                lab.say("round %d: saturation, %s".formatted(round, variant));
                before = done(api, crawl);
                LoadResult most = saturate(lab, service, jobs, variant.equals(CONDITIONAL));
                runs.add(run(variant, most, done(api, crawl) - before));
            }
        }
    }

    private Control atRate(Site site, Service service, Workload workload)
            throws IOException, InterruptedException {
        return Control.run(
                OpenLoop.at(settings.ratePerSecond(), settings.open()),
                service.target(),
                workload,
                site);
    }

    /** The same before there is a crawl. */
    private void alone(Lab lab, Site site, Service service, List<String> jobs, List<Run> runs)
            throws IOException, InterruptedException {
        var plain = new StatusWorkload(jobs, false);
        warmUp(lab, service, plain);
        for (int round = 1; round <= settings.rounds(); round++) {
            lab.say(
                    "round %d: %d/s and saturation, no crawl"
                            .formatted(round, settings.ratePerSecond()));
            Control open = atRate(site, service, plain);
            runs.add(run(OPEN_ALONE, open.load(), 0));
            runs.add(run(BARE_ALONE, open.bare(), 0));
            runs.add(run(ALONE, saturate(lab, service, jobs, false), 0));
        }
    }

    private void warmUp(Lab lab, Service service, Workload workload)
            throws IOException, InterruptedException {
        lab.say("warm-up, " + settings.warmUp());
        new ClosedLoop(32, settings.warmUp()).run(service.target(), workload, new AtomicLong());
    }

    private LoadResult saturate(Lab lab, Service service, List<String> jobs, boolean conditional)
            throws IOException, InterruptedException {
        LoadResult most =
                new ClosedLoop(settings.connections(), settings.saturation())
                        .run(
                                service.target(),
                                new StatusWorkload(jobs, conditional),
                                new AtomicLong());
        lab.say("  %.0f/s".formatted(most.acceptedPerSecond()));
        return most;
    }

    private static final List<String> VARIANTS = List.of(PLAIN, CONDITIONAL);

    private static Run run(String what, LoadResult load, long pages) {
        return new Run(what, load, pages / load.seconds());
    }

    private static long done(Api api, String job) throws IOException {
        return api.status(job).required("done").asLong();
    }

    private Findings findings(Lab lab, List<Run> runs, List<Control> controls) {
        Map<String, List<Run>> byWhat = new LinkedHashMap<>();
        runs.forEach(run -> byWhat.computeIfAbsent(run.what(), key -> new ArrayList<>()).add(run));
        List<LoadResult> open = loads(byWhat, OPEN);
        Map<String, List<LoadResult>> atRate = new LinkedHashMap<>();
        atRate.put(PLAIN, open);
        atRate.put(BARE, loads(byWhat, BARE));
        atRate.put(ALONE, loads(byWhat, OPEN_ALONE));
        atRate.put(BARE_ALONE, loads(byWhat, BARE_ALONE));
        Map<String, List<LoadResult>> saturated = new LinkedHashMap<>();
        VARIANTS.forEach(variant -> saturated.put(variant, loads(byWhat, variant)));
        saturated.put(ALONE, loads(byWhat, ALONE));
        var crawl = new ArrayList<List<String>>();
        for (String what : List.of(OPEN, PLAIN, CONDITIONAL)) {
            List<Run> all = byWhat.getOrDefault(what, List.of());
            crawl.add(List.of(what, Spread.of(all, Run::crawlPagesPerSecond).text()));
        }
        var verdicts = new ArrayList<Verdict>();
        verdicts.add(
                Verdict.below(
                        "p99 at %d/s, ms, median".formatted(settings.ratePerSecond()),
                        Spread.of(open, load -> load.latency().p99Ms()),
                        P99_MS_MAX,
                        Control.best(controls, lab)));
        verdicts.add(
                Control.verdict(
                        "p99 at %d/s over that of a bare server meanwhile"
                                .formatted(settings.ratePerSecond()),
                        controls,
                        lab));
        verdicts.addAll(Control.answered("reads of the open loop", controls, lab));
        double most = Control.mostPerSecond(controls, settings.connections(), lab);
        verdicts.add(saturation("plain", loads(byWhat, PLAIN), most));
        verdicts.add(saturation("with If-None-Match", loads(byWhat, CONDITIONAL), most));
        verdicts.add(saturation(ALONE, loads(byWhat, ALONE), most));
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                List.of(
                        LoadTables.open("Open loop", atRate),
                        LoadTables.closed(
                                "Saturation, %d connections".formatted(settings.connections()),
                                saturated),
                        new Table("The crawl meanwhile", List.of("under", "pages/s"), crawl)),
                verdicts,
                List.of(
                        "A crawl of the bench site runs in the same service, on the same machine;"
                                + " its pace is in a table. It begins after the rounds without it,"
                                + " which say what it takes from the reads.",
                        "The jobs are asked for in turn; all but the crawl have ended."),
                runs);
    }

    private static List<LoadResult> loads(Map<String, List<Run>> byWhat, String what) {
        return byWhat.getOrDefault(what, List.of()).stream().map(Run::load).toList();
    }

    private static Verdict saturation(String variant, List<LoadResult> loads, double most) {
        return Verdict.atLeast(
                "reads at saturation, 1/s, median, " + variant,
                Spread.of(loads, LoadResult::acceptedPerSecond),
                SATURATION_MIN,
                most);
    }
}
