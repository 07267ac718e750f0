package io.gleaner.perf.validate;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.bench.Bench;
import io.gleaner.perf.bench.Control;
import io.gleaner.perf.bench.Lab;
import io.gleaner.perf.bench.Shown;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Site;
import io.gleaner.perf.process.Usage;
import io.gleaner.perf.report.Binomial;
import io.gleaner.perf.report.Bound;
import io.gleaner.perf.report.Figures;
import io.gleaner.perf.report.Findings;
import io.gleaner.perf.report.Table;
import io.gleaner.perf.report.Verdict;
import io.gleaner.perf.site.SitePlan;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A day like any other: a thousand requests a minute. CPU, and whether any of them fails. */
public final class NormalBench implements Bench {

    private static final double CPU_PERCENT_MAX = 10;
    private static final double FAILURES_PERCENT_MAX = 0.1;
    private static final double SUBMIT_P99_MS_MAX = 100;
    private static final double STATUS_P99_MS_MAX = 50;
    private static final int PAGES = 2_000;
    private static final int HOSTS = 20;
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final double SECONDS_PER_MINUTE = 60;
    private static final Duration JOB_LONGEST = Duration.ofMinutes(1);

    private final NormalSettings settings;

    public NormalBench(NormalSettings settings) {
        this.settings = settings;
    }

    /**
     * @param cores of the service and its PostgreSQL, in use on average
     */
    private record Results(Control control, LoadResult reads, LoadResult probes, double cores) {

        LoadResult submissions() {
            return control.load();
        }

        long failures() {
            return submissions().lost() + reads.lost() + probes.lost();
        }

        long requests() {
            return sent(submissions()) + sent(reads) + sent(probes);
        }

        private static long sent(LoadResult load) {
            return load.sent() + load.dropped();
        }
    }

    @Override
    public String name() {
        return "normal";
    }

    @Override
    public Findings run(Lab lab) throws IOException, InterruptedException {
        lab.say("start");
        Path disk = lab.folder("disk");
        try (Site site = lab.site(SitePlan.of(PAGES, HOSTS));
                Service service =
                        lab.service(
                                List.of("--allow-private-networks", "--crawl-delay-min", "0s"),
                                Map.of())) {
            var api = new Api(service.target());
            String job = api.submit("{\"urls\":[\"%s\"]}".formatted(site.url(0)));
            api.awaitEnd(job, JOB_LONGEST);
            lab.say("warm-up, " + settings.warmUp());
            load(service, site, disk, job, settings.warmUp());
            lab.say("load, " + settings.duration());
            double before = cpu(service);
            Results load = load(service, site, disk, job, settings.duration());
            double used = cpu(service) - before;
            double seconds = load.submissions().seconds();
            return findings(
                    lab, new Results(load.control(), load.reads(), load.probes(), used / seconds));
        }
    }

    private static double cpu(Service service) {
        return service.usage().cpuSeconds()
                + service.postgresUsage().map(Usage::cpuSeconds).orElse(0.0);
    }

    private Results load(Service service, Site site, Path disk, String job, Duration time)
            throws IOException, InterruptedException {
        double perSecond = settings.requestsPerMinute() / SECONDS_PER_MINUTE;
        var submissions =
                new Asking(
                        n ->
                                HttpRequest.post(
                                        "/api/jobs",
                                        "{\"urls\":[\"%s\"]}"
                                                .formatted(site.url((int) (n % PAGES)))),
                        ACCEPTED);
        byte[] status = HttpRequest.get("/api/jobs/" + job, "");
        byte[] ready = HttpRequest.get("/health/ready", "");
        try (var threads = Executors.newCachedThreadPool()) {
            Future<LoadResult> reads =
                    threads.submit(
                            () ->
                                    OpenLoop.at(2 * perSecond / 3, time)
                                            .run(service.target(), new Asking(n -> status, OK)));
            Future<LoadResult> probes =
                    threads.submit(
                            () ->
                                    OpenLoop.at(1, time)
                                            .run(service.target(), new Asking(n -> ready, OK)));
            Control submitted =
                    Control.durable(
                            OpenLoop.at(perSecond / 3, time),
                            service.target(),
                            submissions,
                            site,
                            disk);
            return new Results(submitted, reads.get(), probes.get(), 0);
        } catch (ExecutionException e) {
            throw new BenchException("the load broke", e);
        }
    }

    /** The same kind of request again and again. */
    private record Asking(java.util.function.LongFunction<byte[]> requests, int right)
            implements Workload {
        @Override
        public byte[] request(long n) {
            return requests.apply(n);
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return reply.status() == right;
        }
    }

    private Findings findings(Lab lab, Results results) {
        double share = results.cores() / Runtime.getRuntime().availableProcessors();
        double failures = Binomial.failuresAtMost(results.failures(), results.requests());
        return new Findings(
                Shown.settings(lab, settings, Map.of()),
                List.of(
                        new Table(
                                "%,d requests a minute".formatted(settings.requestsPerMinute()),
                                List.of("", "submissions", "reads", "probes", Control.NAME),
                                List.of(
                                        row("sent", results, load -> (double) load.sent()),
                                        row("p50, ms", results, load -> load.latency().p50Ms()),
                                        row("p99, ms", results, load -> load.latency().p99Ms()),
                                        row("longest, ms", results, load -> load.latency().maxMs()),
                                        row(
                                                "without a right answer",
                                                results,
                                                load -> (double) load.lost())))),
                List.of(
                        Verdict.below(
                                "p99 of submissions at normal load, ms",
                                results.submissions().latency().p99Ms(),
                                SUBMIT_P99_MS_MAX,
                                Control.expected(results.control().machineP99Ms(), lab)),
                        Verdict.below(
                                "p99 of reads at normal load, ms",
                                results.reads().latency().p99Ms(),
                                STATUS_P99_MS_MAX,
                                Control.expected(results.control().bare().latency().p99Ms(), lab)),
                        Verdict.below(
                                "CPU of service and PostgreSQL, % of the machine",
                                100 * share,
                                CPU_PERCENT_MAX,
                                lab.isTaken() ? Double.POSITIVE_INFINITY : Double.NaN),
                        Verdict.of(
                                "requests and probes that failed, upper end of 95 %, %",
                                String.format(
                                        Locale.ROOT,
                                        "%.3f (%d of %,d)",
                                        100 * failures,
                                        results.failures(),
                                        results.requests()),
                                100 * failures,
                                Bound.atMost(FAILURES_PERCENT_MAX))),
                List.of(
                        "A third of the requests submit a page each, which is fetched and stored"
                                + " meanwhile; the others read a state. A probe a second asks"
                                + " /health/ready.",
                        "Upper end of 95 %: Clopper and Pearson. With no failure it takes 2,995"
                                + " requests to show 99.9 %."),
                results);
    }

    private static List<String> row(
            String name, Results results, java.util.function.ToDoubleFunction<LoadResult> value) {
        return List.of(
                name,
                Figures.number(value.applyAsDouble(results.submissions())),
                Figures.number(value.applyAsDouble(results.reads())),
                Figures.number(value.applyAsDouble(results.probes())),
                Figures.number(value.applyAsDouble(results.control().bare())));
    }
}
