package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.drill.WorkerFigures.Work;
import io.gleaner.perf.bench.Api;
import io.gleaner.perf.pods.Deployment;
import io.gleaner.perf.pods.Pod;
import io.gleaner.perf.process.Service;
import io.gleaner.perf.process.Usage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each worker does and takes while the drill goes on, window by window. A machine is not the
 * same all the time: the simulations draw from what was seen then, too.
 */
final class WorkWatch implements AutoCloseable {

    private static final String TASKS = "gleaner_tasks_total";
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final double MILLI = 1000;

    /** What one worker has done and taken so far. */
    record Look(long nanos, double tasks, Usage usage) {

        static Look at(Service service, Duration patience) throws IOException {
            double tasks =
                    new Api(service.target())
                            .metrics(patience).entrySet().stream()
                                    .filter(metric -> metric.getKey().startsWith(TASKS))
                                    .mapToDouble(Map.Entry::getValue)
                                    .sum();
            return new Look(System.nanoTime(), tasks, service.usage());
        }

        Work since(Look before) {
            return new Work(
                    (nanos - before.nanos) / 1e9,
                    tasks - before.tasks,
                    MILLI * usage.since(before.usage).cpuSeconds());
        }
    }

    private final Deployment workers;
    private final double warmPages;
    private final List<List<Work>> windows = new ArrayList<>();
    private final Thread thread;

    private WorkWatch(Deployment workers, Duration window, double warmPages) {
        this.workers = workers;
        this.warmPages = warmPages;
        this.thread = Thread.ofVirtual().name("work-watch").start(() -> watch(window));
    }

    /**
     * @param window of the metrics server, in the machine's time
     * @param warmPages that a worker has to have done before it counts
     */
    static WorkWatch over(Deployment workers, Duration window, double warmPages) {
        return new WorkWatch(workers, window, warmPages);
    }

    private void watch(Duration window) {
        Map<Pod, Look> before = Map.of();
        try {
            while (true) {
                Map<Pod, Look> now = look();
                var works = new ArrayList<Work>();
                for (var entry : now.entrySet()) {
                    Look last = before.get(entry.getKey());
                    if (last != null && last.tasks >= warmPages) {
                        works.add(entry.getValue().since(last));
                    }
                }
                if (!works.isEmpty()) {
                    windows.add(works);
                }
                before = now;
                Thread.sleep(window);
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private Map<Pod, Look> look() {
        Map<Pod, Look> looks = new HashMap<>();
        for (Pod pod : workers.pods()) {
            pod.service()
                    .ifPresent(
                            service -> {
                                try {
                                    looks.put(pod, Look.at(service, PATIENCE));
                                } catch (IOException e) {
                                    // It is starting, or gone: the next look will tell.
                                    looks.remove(pod);
                                }
                            });
        }
        return looks;
    }

    /** Stops. What was seen, with the work of every warm worker. */
    List<List<Work>> end() {
        close();
        return windows;
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
