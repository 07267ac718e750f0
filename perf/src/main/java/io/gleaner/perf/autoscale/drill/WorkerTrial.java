package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.drill.WorkerFigures.Work;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.bench.Api;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.pods.Deployment;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What one worker can do here: at full load, while others start beside it, and idle. Afterwards
 * there are as many workers as before, and they are warm.
 */
final class WorkerTrial {

    private static final String BACKLOG = "gleaner_backlog";
    private static final Duration LOOK_PATIENCE = Duration.ofSeconds(10);
    private static final Duration FEED_EVERY = Duration.ofMillis(500);
    private static final Duration READY_LONGEST = Duration.ofMinutes(2);
    private static final Duration EMPTY_LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final double MIB = 1024 * 1024;
    private static final double MILLI = 1000;

    private final TrialPlan plan;
    private final Duration window;
    private final Deployment workers;
    private final Api api;
    private final IntFunction<String> urls;
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /**
     * @param window of the metrics server
     * @param urls of the n-th page, n from 0
     */
    WorkerTrial(
            TrialPlan plan,
            Duration window,
            Deployment workers,
            Api api,
            IntFunction<String> urls) {
        this.plan = plan;
        this.window = window;
        this.workers = workers;
        this.api = api;
        this.urls = urls;
    }

    private static List<WorkWatch.Look> look(List<Service> services) throws IOException {
        var looks = new ArrayList<WorkWatch.Look>();
        for (Service service : services) {
            looks.add(WorkWatch.Look.at(service, LOOK_PATIENCE));
        }
        return looks;
    }

    private static List<Work> between(List<WorkWatch.Look> before, List<WorkWatch.Look> after) {
        return IntStream.range(0, before.size())
                .mapToObj(n -> after.get(n).since(before.get(n)))
                .toList();
    }

    private List<List<Work>> windows(List<Service> services, boolean busy)
            throws IOException, InterruptedException {
        var windows = new ArrayList<List<Work>>();
        List<WorkWatch.Look> before = look(services);
        for (int n = 0; n < plan.windows(); n++) {
            if (busy) {
                keepBusy(window);
            } else {
                Thread.sleep(window);
            }
            List<WorkWatch.Look> after = look(services);
            windows.add(between(before, after));
            before = after;
        }
        return windows;
    }

    /**
     * Measures. What was submitted for it is fetched in the end.
     *
     * @param starting so many start beside the others at once, as the policy would have it
     * @param quiet load of a quiet time, as a share of what one worker can do
     */
    WorkerFigures run(int starting, double quiet) throws IOException, InterruptedException {
        List<Service> services = services();
        List<WorkWatch.Look> cold = look(services);
        keepBusy(plan.warmUp());
        List<Work> coldest = between(cold, look(services));
        List<List<Work>> full = windows(services, true);
        List<WorkerFigures.Start> starts = start(starting);
        List<List<Work>> crowded = windows(services(), true);
        double memory =
                services.stream().mapToLong(one -> one.usage().rssBytes()).average().orElseThrow();
        awaitEmpty();
        workers.scaleTo(services.size());
        workers.awaitEnded();
        double most =
                full.stream()
                        .flatMap(List::stream)
                        .mapToDouble(Work::pagesPerSecond)
                        .average()
                        .orElseThrow();
        List<List<Work>> little = quiet(services, quiet * most);
        awaitEmpty();
        return WorkerFigures.of(
                new WorkerFigures.Trial(coldest, full, crowded, little, starts, memory / MIB));
    }

    /** What was submitted. */
    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    private List<Service> services() {
        return workers.pods().stream().flatMap(pod -> pod.service().stream()).toList();
    }

    /** The workers that are warm share what a quiet time has. */
    private List<List<Work>> quiet(List<Service> services, double rate)
            throws IOException, InterruptedException {
        int seconds =
                Math.toIntExact(window.multipliedBy(plan.windows()).plusSeconds(1).toSeconds());
        try (var load = load(new Trace("quiet", Collections.nCopies(seconds, rate)))) {
            List<List<Work>> windows = windows(services, false);
            end(load);
            return windows;
        }
    }

    /** Nobody is without a page meanwhile. */
    private void keepBusy(Duration time) throws IOException, InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            feed();
            TimeUnit.NANOSECONDS.sleep(Math.min(left, FEED_EVERY.toNanos()));
        }
    }

    private void feed() throws IOException, InterruptedException {
        if (backlog() < plan.backlog()) {
            try (var load = load(new Trace("more", List.of((double) plan.backlog())))) {
                end(load);
            }
        }
    }

    /** A job for each page, as in the drill: a page of a long list costs less. */
    private TraceLoad load(Trace trace) {
        int first = acknowledged.size();
        return TraceLoad.begin(trace, 1, api.target(), n -> urls.apply(first + n));
    }

    private void end(TraceLoad load) throws InterruptedException {
        TraceLoad.Result result = load.end();
        if (!result.failures().isEmpty()) {
            throw new BenchException("the trial failed: " + result.failures().getFirst());
        }
        acknowledged.addAll(result.acknowledged());
    }

    private double backlog() throws IOException {
        return api.metrics().getOrDefault(BACKLOG, Double.NaN);
    }

    private void awaitEmpty() throws IOException, InterruptedException {
        long end = System.nanoTime() + EMPTY_LONGEST.toNanos();
        while (backlog() != 0) {
            if (System.nanoTime() > end) {
                throw new BenchException("the trial's pages were not fetched in time");
            }
            Thread.sleep(LOOK_AGAIN);
        }
    }

    private List<WorkerFigures.Start> start(int starting) throws IOException, InterruptedException {
        var old = new ArrayList<>(workers.pods());
        workers.scaleTo(old.size() + starting);
        long end = System.nanoTime() + READY_LONGEST.toNanos();
        while (workers.ready() < old.size() + starting) {
            if (System.nanoTime() > end) {
                throw new BenchException("the workers of the trial did not become ready");
            }
            keepBusy(FEED_EVERY);
        }
        return workers.pods().stream()
                .filter(pod -> !old.contains(pod))
                .map(
                        pod ->
                                new WorkerFigures.Start(
                                        pod.startUp().orElseThrow().toNanos() / 1e9,
                                        MILLI * pod.service().orElseThrow().usage().cpuSeconds()))
                .toList();
    }
}
