package io.gleaner.perf.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.process.BenchException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import tools.jackson.databind.json.JsonMapper;

/** Submissions and reads at fixed rates, and what became of each of them. */
final class OutageLoad implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int CLIENTS_AFTERWARDS = 16;

    /** Requests that hang each hold a connection: enough for all of them within a deadline. */
    private static final int CONNECTIONS_MAX = 4_000;

    /** One request that has ended, by {@link System#nanoTime}. */
    record Event(boolean submission, int status, long intended, long ended) {
        double seconds() {
            return (ended - intended) / 1e9;
        }

        boolean isRight() {
            return status == (submission ? ACCEPTED : OK);
        }
    }

    private final Target target;
    private final LongFunction<String> urls;
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Set<Long> refused = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> loops = new ArrayList<>();

    /**
     * @param urls the URL of the n-th submission
     */
    OutageLoad(Target target, LongFunction<String> urls) {
        this.target = target;
        this.urls = urls;
    }

    /** Begins to send, for that long. */
    void begin(OutageSettings settings, String crawl) {
        loops.add(
                begin(true, settings.submissionsPerSecond(), settings.inAll(), new Submissions()));
        loops.add(
                begin(
                        false,
                        settings.readsPerSecond(),
                        settings.inAll(),
                        new Reads(HttpRequest.get("/api/jobs/" + crawl, ""))));
    }

    private Future<?> begin(boolean submission, int rate, Duration duration, Workload workload) {
        OpenLoop standard = OpenLoop.at(rate, duration);
        int connections =
                Math.min(CONNECTIONS_MAX, (int) (rate * OutageSettings.DEADLINE_SECONDS) + 16);
        var loop =
                new OpenLoop(
                        standard.shape(),
                        rate,
                        duration,
                        connections,
                        standard.sendPatience(),
                        Duration.ofSeconds(20),
                        standard.seed());
        return threads.submit(
                () ->
                        loop.run(
                                target,
                                workload,
                                (status, nanos) -> {
                                    long now = System.nanoTime();
                                    events.add(new Event(submission, status, now - nanos, now));
                                }));
    }

    private final class Submissions implements Workload {
        @Override
        public byte[] request(long n) {
            refused.add(n); // Until it is acknowledged.
            return HttpRequest.post(
                    "/api/jobs",
                    "Idempotency-Key: outage-" + n + "\r\n",
                    "{\"urls\":[\"%s\"]}".formatted(urls.apply(n)));
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            if (reply.status() != ACCEPTED) {
                return false;
            }
            String id = JSON.readTree(reply.body()).required("id").asString();
            acknowledged.add(new Acknowledged("outage-" + n, id, List.of(urls.apply(n))));
            refused.remove(n);
            return true;
        }
    }

    private record Reads(byte[] bytes) implements Workload {
        @Override
        public byte[] request(long n) {
            return bytes;
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return reply.status() == OK && new String(reply.body(), UTF_8).contains("\"state\"");
        }
    }

    /** Waits until all was sent and answered. */
    void await() throws InterruptedException {
        for (Future<?> loop : loops) {
            try {
                loop.get();
            } catch (ExecutionException e) {
                throw new BenchException("the load broke: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Sends what was refused again, under its key, so that nothing is left of which it is not known
     * whether it was stored.
     *
     * @return how many
     */
    int sendAgain(Submitter submitter) throws InterruptedException {
        List<Long> left = List.copyOf(refused);
        var again = new ArrayList<Future<Acknowledged>>();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS_AFTERWARDS)) {
            for (long n : left) {
                again.add(
                        clients.submit(
                                () -> submitter.urls("outage-" + n, List.of(urls.apply(n)))));
            }
            for (Future<Acknowledged> job : again) {
                acknowledged.add(job.get());
            }
        } catch (ExecutionException e) {
            throw new BenchException("a submission cannot be repeated: " + e.getMessage(), e);
        }
        return left.size();
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
