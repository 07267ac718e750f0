package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.drill.WorkerFigures.Point;
import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.bench.Api;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.pods.Deployment;
import io.gleaner.perf.pods.Pod;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * What one worker can do here: at full load, while others start beside it, and idle. Afterwards
 * there are as many workers as before, and they are warm.
 */
final class WorkerTrial {

    private static final String TASKS = "gleaner_tasks_total";
    private static final String BACKLOG = "gleaner_backlog";
    private static final Duration EMPTY_LONGEST = Duration.ofMinutes(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);
    private static final double MIB = 1024 * 1024;
    private static final double MILLI = 1000;

    private final TrialPlan plan;
    private final Deployment workers;
    private final Api api;
    private final IntFunction<String> urls;
    private final List<Acknowledged> acknowledged = new ArrayList<>();

    /**
     * @param urls of the n-th page, n from 0
     */
    WorkerTrial(TrialPlan plan, Deployment workers, Api api, IntFunction<String> urls) {
        this.plan = plan;
        this.workers = workers;
        this.api = api;
        this.urls = urls;
    }

    /** Tasks, usage and time of all workers so far. */
    private record Look(long nanos, double tasks, Usage usage, int workers) {

        static Look at(List<Service> services) throws IOException {
            double tasks = 0;
            double cpu = 0;
            long rss = 0;
            for (Service service : services) {
                tasks +=
                        new Api(service.target())
                                .metrics().entrySet().stream()
                                        .filter(metric -> metric.getKey().startsWith(TASKS))
                                        .mapToDouble(Map.Entry::getValue)
                                        .sum();
                Usage usage = service.usage();
                cpu += usage.cpuSeconds();
                rss += usage.rssBytes();
            }
            return new Look(System.nanoTime(), tasks, new Usage(cpu, rss, rss), services.size());
        }

        double seconds(Look before) {
            return (nanos - before.nanos) / 1e9;
        }

        /** Of one of them. */
        double tasksPerSecond(Look before) {
            return (tasks - before.tasks) / seconds(before) / workers;
        }

        /** Of one of them. */
        double cpuMilli(Look before) {
            return MILLI * usage.since(before.usage).cpuSeconds() / seconds(before) / workers;
        }
    }

    /**
     * Measures. What was submitted for it is fetched in the end.
     *
     * @param starting so many start beside the others at once, as the policy would have it
     * @param quiet load of a quiet time, as a share of what one worker can do
     */
    WorkerFigures run(int starting, double quiet) throws IOException, InterruptedException {
        List<Service> services = services();
        int warmUp = Math.toIntExact(plan.warmUp().toSeconds());
        submit(new Trace("full", Collections.nCopies(warmUp, (double) plan.pages() / warmUp)));
        Look before = Look.at(services);
        Thread.sleep(plan.full());
        Look after = Look.at(services);
        if (backlog() == 0) {
            throw new BenchException("%d pages are too few for a trial".formatted(plan.pages()));
        }
        var full = new Point(after.tasksPerSecond(before), after.cpuMilli(before));
        double memoryMiB = after.usage().rssBytes() / MIB / services.size();
        double readySeconds = readySeconds(starting);
        awaitEmpty();
        workers.scaleTo(services.size());
        workers.awaitEnded();
        Point little = quiet(quiet * full.pagesPerSecond());
        awaitEmpty();
        return WorkerFigures.of(full, little, memoryMiB, readySeconds);
    }

    /** What was submitted. */
    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    private List<Service> services() {
        return workers.pods().stream().flatMap(pod -> pod.service().stream()).toList();
    }

    /** The workers that are warm share what a quiet time has. */
    private Point quiet(double rate) throws IOException, InterruptedException {
        int seconds = Math.toIntExact(plan.quiet().toSeconds());
        Look before = Look.at(services());
        submit(new Trace("quiet", Collections.nCopies(seconds, rate)));
        Look after = Look.at(services());
        return new Point(after.tasksPerSecond(before), after.cpuMilli(before));
    }

    /** A job for each page, as in the drill: a page of a long list costs less. */
    private void submit(Trace trace) throws InterruptedException {
        int first = acknowledged.size();
        try (var load = TraceLoad.begin(trace, 1, api.target(), n -> urls.apply(first + n))) {
            TraceLoad.Result result = load.end();
            if (!result.failures().isEmpty()) {
                throw new BenchException("the trial failed: " + result.failures().getFirst());
            }
            acknowledged.addAll(result.acknowledged());
        }
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

    private double readySeconds(int starting) throws InterruptedException {
        var old = new ArrayList<>(workers.pods());
        workers.scaleTo(old.size() + starting);
        workers.awaitReady();
        return workers.pods().stream()
                .filter(pod -> !old.contains(pod))
                .mapToDouble(WorkerTrial::readySeconds)
                .average()
                .orElseThrow();
    }

    private static double readySeconds(Pod pod) {
        return Duration.between(pod.createdAt(), pod.readySince().orElseThrow()).toNanos() / 1e9;
    }
}
