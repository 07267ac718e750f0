package io.gleaner.perf.pods;

import io.gleaner.perf.process.BenchException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Replicas of one pod plan. One thread at a time scales it and restarts it. */
public final class Deployment implements AutoCloseable {

    private static final Duration READY_LONGEST = Duration.ofMinutes(2);
    private static final Duration END_SLACK = Duration.ofSeconds(30);

    /**
     * Whom a ReplicaSet deletes first: who is not up before who is, unready before ready, ready for
     * a shorter time before ready for longer, the youngest. (ActivePodsWithRanks of
     * pkg/controller/controller_utils.go, on one node, without deletion costs and restarts; a
     * cluster compares ages by their order of magnitude.)
     */
    public static final Comparator<Pod> FIRST_TO_GO =
            Comparator.comparing((Pod pod) -> pod.phase() != Pod.Phase.PENDING)
                    .thenComparing(Pod::isReady)
                    .thenComparing(
                            pod -> pod.readySince().orElse(Instant.MAX), Comparator.reverseOrder())
                    .thenComparing(Pod::createdAt, Comparator.reverseOrder());

    private final String name;
    private final List<Pod> pods = new CopyOnWriteArrayList<>();
    private final List<Pod> leaving = new CopyOnWriteArrayList<>();
    private final Queue<Termination> terminations = new ConcurrentLinkedQueue<>();
    private final List<Future<?>> ending = new ArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile PodPlan plan;
    private int started;

    public Deployment(String name, PodPlan plan) {
        this.name = name;
        this.plan = plan;
    }

    public String name() {
        return name;
    }

    /** Those that are not terminating, dead ones among them until the next change of scale. */
    public List<Pod> pods() {
        return List.copyOf(pods);
    }

    /** Those on their way out. */
    public List<Pod> leaving() {
        return List.copyOf(leaving);
    }

    /** How many are ready. */
    public int ready() {
        return (int) pods.stream().filter(Pod::isReady).count();
    }

    /** How those that were deleted ended, in the order of their ends. */
    public List<Termination> terminations() {
        return List.copyOf(terminations);
    }

    /**
     * Replaces the dead, then starts pods or begins to delete them until there are so many. Returns
     * at once; see {@link #awaitReady} and {@link #awaitEnded}.
     */
    public synchronized void scaleTo(int replicas) {
        pods.removeIf(pod -> pod.phase() == Pod.Phase.ENDED);
        while (pods.size() < replicas) {
            surge();
        }
        pods.stream()
                .sorted(FIRST_TO_GO)
                .limit(pods.size() - replicas)
                .toList()
                .forEach(this::delete);
    }

    private Pod surge() {
        started++;
        Pod pod = Pod.start("%s-%d".formatted(name, started), plan);
        pods.add(pod);
        return pod;
    }

    private void delete(Pod pod) {
        pods.remove(pod);
        leaving.add(pod);
        ending.removeIf(Future::isDone);
        ending.add(
                threads.submit(
                        () -> {
                            terminations.add(pod.terminate());
                            leaving.remove(pod);
                            return pod;
                        }));
    }

    /** Waits until every pod was ready once. */
    public void awaitReady() throws InterruptedException {
        for (Pod pod : pods) {
            pod.awaitReady(READY_LONGEST);
        }
    }

    /** Waits until the pods that were deleted are gone. */
    public synchronized void awaitEnded() throws InterruptedException {
        Duration longest = plan.grace().grace().plus(Grace.AFTER_SIGTERM_MIN).plus(END_SLACK);
        for (Future<?> end : ending) {
            try {
                end.get(longest.toMillis(), TimeUnit.MILLISECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new BenchException("a pod of %s did not end: %s".formatted(name, e), e);
            }
        }
        ending.clear();
    }

    /** {@code kubectl rollout restart}; see {@link #rollOut}. */
    public void rollingRestart() throws InterruptedException {
        rollOut(plan);
    }

    /**
     * Replaces every pod by one of the new plan with maxSurge 1 and maxUnavailable 0: one more pod
     * is started, and when it is ready an old one is deleted. The next one is started while that
     * one still ends, because a Deployment does not count pods that terminate. Returns when all old
     * ones are gone.
     */
    public synchronized void rollOut(PodPlan next) throws InterruptedException {
        plan = next;
        var old = new ArrayList<>(pods);
        while (!old.isEmpty()) {
            surge().awaitReady(READY_LONGEST);
            Pod first = old.stream().min(FIRST_TO_GO).orElseThrow();
            old.remove(first);
            delete(first);
        }
        awaitEnded();
    }

    /** Ends all its processes at once. */
    @Override
    public void close() {
        threads.shutdownNow();
        var all = new ArrayList<>(pods);
        all.addAll(leaving);
        all.parallelStream().forEach(Pod::close);
        threads.close();
    }
}
