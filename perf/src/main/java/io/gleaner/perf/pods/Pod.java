package io.gleaner.perf.pods;

import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A pod: one process of the service, and what a kubelet does with it. */
public final class Pod implements AutoCloseable {

    private static final byte[] PROBE = HttpRequest.get("/health/ready", "");
    private static final Duration PROBE_PATIENCE = Duration.ofSeconds(1);
    private static final int FAILURES_MAX = 3;
    private static final int OK = 200;

    /** Where it is in its life; readiness is told apart. */
    public enum Phase {
        PENDING,
        RUNNING,
        TERMINATING,
        ENDED
    }

    private final InstantSource clock = InstantSource.system();
    private final String name;
    private final PodPlan plan;
    private final Instant createdAt = clock.instant();
    private final CompletableFuture<Instant> firstReady = new CompletableFuture<>();
    private final Thread kubelet;
    private volatile Phase phase = Phase.PENDING;
    private volatile @Nullable Service service;
    private volatile @Nullable Instant startedAt;
    private volatile @Nullable Instant readySince;

    private Pod(String name, PodPlan plan) {
        this.name = name;
        this.plan = plan;
        this.kubelet = Thread.ofVirtual().name("kubelet-of-" + name).unstarted(this::live);
    }

    /** Starts its process and returns; it is ready later. */
    public static Pod start(String name, PodPlan plan) {
        var pod = new Pod(name, plan);
        pod.kubelet.start();
        return pod;
    }

    public String name() {
        return name;
    }

    public Phase phase() {
        return phase;
    }

    public Instant createdAt() {
        return createdAt;
    }

    /** When its process said that it is up. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** Since when it is ready without a break; empty when it is not, or is terminating. */
    public Optional<Instant> readySince() {
        return Optional.ofNullable(readySince);
    }

    /** From its creation until it was ready for the first time; empty before that. */
    public Optional<Duration> startUp() {
        return firstReady.state() == Future.State.SUCCESS
                ? Optional.of(Duration.between(createdAt, firstReady.resultNow()))
                : Optional.empty();
    }

    public boolean isReady() {
        return readySince != null;
    }

    /** Its process; empty before it is up. */
    public Optional<Service> service() {
        return Optional.ofNullable(service);
    }

    /**
     * Waits until it was ready for the first time, and tells when that was.
     *
     * @throws BenchException if it does not become so
     */
    public Instant awaitReady(Duration longest) throws InterruptedException {
        try {
            return firstReady.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new BenchException("pod %s did not become ready: %s".formatted(name, e), e);
        }
    }

    private void live() {
        try {
            Service process = plan.program().start(name);
            run(process);
            int failures = 0;
            while (phase == Phase.RUNNING) {
                failures = answers(process.target()) ? 0 : failures + 1;
                judge(process, failures);
                Thread.sleep(plan.probePeriod());
            }
        } catch (InterruptedException e) {
            end("it was ended");
        } catch (RuntimeException e) {
            end(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void run(Service process) {
        service = process;
        startedAt = clock.instant();
        if (phase == Phase.PENDING) {
            phase = Phase.RUNNING;
        }
    }

    private void end(String why) {
        firstReady.completeExceptionally(new BenchException(why));
        if (service == null) {
            phase = Phase.ENDED;
        }
    }

    private static boolean answers(Target target) {
        try (var connection = HttpConnection.open(target)) {
            connection.patience(PROBE_PATIENCE);
            return connection.exchange(PROBE).status() == OK;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized void judge(Service process, int failures) {
        if (phase != Phase.RUNNING) {
            return;
        }
        if (!process.isAlive()) {
            phase = Phase.ENDED;
            leave(plan.grace().endpointDelay());
        } else if (failures == 0 && readySince == null) {
            readySince = clock.instant();
            // Listed before anybody is told, who may at once delete the pod that this one replaces.
            plan.endpoints().add(process.target(), plan.grace().endpointDelay());
            firstReady.complete(readySince);
        } else if (failures >= FAILURES_MAX) {
            leave(plan.grace().endpointDelay());
        }
    }

    private void leave(Duration delay) {
        Service process = service;
        if (readySince != null && process != null) {
            readySince = null;
            plan.endpoints().remove(process.target(), delay);
        }
    }

    /** As its plan says. */
    public Termination terminate() throws InterruptedException {
        return terminate(plan.grace());
    }

    /**
     * The end of a pod that was deleted: it is marked, and its address leaves the endpoints while,
     * beside that, preStop sleeps; then SIGTERM; then, when the grace period since the mark is
     * over, SIGKILL (kubelet's {@code killContainer}). Returns when its process is gone.
     *
     * @throws IllegalStateException if it was marked before
     */
    public Termination terminate(Grace grace) throws InterruptedException {
        Instant marked = mark(grace.endpointDelay());
        kubelet.interrupt();
        kubelet.join();
        Service process = service;
        if (process == null) {
            Instant now = clock.instant();
            return new Termination(name, marked, marked, now, OptionalInt.empty(), false);
        }
        process.await(grace.preStopTime());
        Instant signalled = clock.instant();
        process.terminate();
        boolean killed = process.await(grace.afterSigterm()).isEmpty();
        if (killed) {
            process.kill();
        }
        process.close();
        phase = Phase.ENDED;
        return new Termination(
                name, marked, signalled, clock.instant(), process.await(Duration.ZERO), killed);
    }

    private synchronized Instant mark(Duration endpointDelay) {
        if (phase == Phase.TERMINATING) {
            throw new IllegalStateException("pod %s is terminating already".formatted(name));
        }
        phase = Phase.TERMINATING;
        leave(endpointDelay);
        return clock.instant();
    }

    /** SIGKILL, out of the blue; the endpoints learn it as late as anything else. */
    public void kill() throws InterruptedException {
        mark(plan.grace().endpointDelay());
        kubelet.interrupt();
        kubelet.join();
        service().ifPresent(Service::kill);
        phase = Phase.ENDED;
    }

    /** Ends its process without ceremony, whatever it is doing. */
    @Override
    public void close() {
        kubelet.interrupt();
        try {
            kubelet.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        service().ifPresent(Service::close);
        phase = Phase.ENDED;
    }
}
