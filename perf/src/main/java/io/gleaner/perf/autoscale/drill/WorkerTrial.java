package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.bench.Api;
import io.gleaner.perf.pods.Deployment;
import io.gleaner.perf.pods.Pod;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one worker can do here: at full load, while others start beside it, and idle. Afterwards
 * there are as many workers as before, and they are warm.
 */
final class WorkerTrial {

    private static final String TASKS = "gleaner_tasks_total";
    private static final Duration JOB_LONGEST = Duration.ofMinutes(2);
    private static final Duration SETTLE = Duration.ofSeconds(2);
    private static final double MIB = 1024 * 1024;
    private static final double MILLI = 1000;

    private final TrialPlan plan;
    private final Deployment workers;
    private final Api api;

    WorkerTrial(TrialPlan plan, Deployment workers, Api api) {
        this.plan = plan;
        this.workers = workers;
        this.api = api;
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
     * Measures while this job keeps the workers busy.
     *
     * @param starting so many start beside them at once, as the policy would have it
     */
    WorkerFigures run(String job, int starting) throws IOException, InterruptedException {
        List<Service> services =
                workers.pods().stream().flatMap(pod -> pod.service().stream()).toList();
        Thread.sleep(plan.warmUp());
        Look before = Look.at(services);
        Thread.sleep(plan.full());
        Look full = Look.at(services);
        if (!api.status(job).required("state").asString().equals("running")) {
            throw new BenchException("%d pages are too few for a trial".formatted(plan.pages()));
        }
        double readySeconds = readySeconds(starting);
        api.awaitEnd(job, JOB_LONGEST);
        workers.scaleTo(services.size());
        workers.awaitEnded();
        Thread.sleep(SETTLE);
        Look quiet = Look.at(services);
        Thread.sleep(plan.idle());
        return new WorkerFigures(
                full.tasksPerSecond(before),
                full.cpuMilli(before),
                Look.at(services).cpuMilli(quiet),
                full.usage().rssBytes() / MIB / services.size(),
                readySeconds);
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
