package io.gleaner.perf.pods;

import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Target;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A monitor from outside: asks a path again and again, each time over a new connection, and counts
 * what is not answered with 2xx. A slow answer does not delay the next question.
 */
public final class Probes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /**
     * One question.
     *
     * @param problem empty when it was answered well
     */
    public record Probe(Instant at, Duration took, String problem) {
        public boolean ok() {
            return problem.isEmpty();
        }
    }

    /** What the probes found. */
    public record Availability(List<Probe> probes) {
        public Availability {
            probes = List.copyOf(probes);
        }

        public List<Probe> failed() {
            return probes.stream().filter(probe -> !probe.ok()).toList();
        }

        /** From 0 to 100; 0 when nothing was asked. */
        public double percent() {
            return probes.isEmpty() ? 0 : 100.0 * (probes.size() - failed().size()) / probes.size();
        }
    }

    private final InstantSource clock = InstantSource.system();
    private final Target target;
    private final byte[] request;
    private final Queue<Probe> probes = new ConcurrentLinkedQueue<>();
    private final Duration period;
    private final ExecutorService asking = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread clockwork = Thread.ofVirtual().name("probes").unstarted(this::tick);

    private Probes(Duration period, Target target, String path) {
        this.period = period;
        this.target = target;
        this.request = HttpRequest.get(path, "");
    }

    /** Asks every second from now on. */
    public static Probes everySecond(Target target, String path) {
        return every(Duration.ofSeconds(1), target, path);
    }

    static Probes every(Duration period, Target target, String path) {
        var probes = new Probes(period, target, path);
        probes.clockwork.start();
        return probes;
    }

    private void tick() {
        long next = System.nanoTime();
        try {
            while (true) {
                asking.execute(this::ask);
                next += period.toNanos();
                TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
            }
        } catch (InterruptedException e) {
            // No more are asked.
        }
    }

    private void ask() {
        Instant began = clock.instant();
        String problem = problem();
        probes.add(new Probe(began, Duration.between(began, clock.instant()), problem));
    }

    private String problem() {
        try (var connection = HttpConnection.open(target)) {
            connection.patience(PATIENCE);
            int status = connection.exchange(request).status();
            return status / 100 == 2 ? "" : "status " + status;
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Asks no more, waits for the last answers, and tells what was found. */
    public Availability end() {
        close();
        return new Availability(List.copyOf(probes));
    }

    @Override
    public void close() {
        clockwork.interrupt();
        try {
            clockwork.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        asking.close();
    }
}
