package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.autoscale.simulate.Trace;
import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Target;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Submits a page at a time when a trace says so, whatever the service does, and reads the state of
 * each job once. Nothing is tried again: what is not answered rightly counts as failed, or as
 * refused where the service had no time.
 */
final class TraceLoad implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int UNAVAILABLE = 503;

    /**
     * What became of the requests.
     *
     * @param refused for lack of time: status 503
     * @param failures of all others, one line each
     */
    record Result(
            List<Acknowledged> acknowledged,
            long submissions,
            long reads,
            long refused,
            List<String> failures) {
        Result {
            acknowledged = List.copyOf(acknowledged);
            failures = List.copyOf(failures);
        }
    }

    private final Target api;
    private final IntFunction<String> urls;
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final LongAdder submissions = new LongAdder();
    private final LongAdder reads = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread sender;

    private TraceLoad(List<Double> times, int factor, Target api, IntFunction<String> urls) {
        this.api = api;
        this.urls = urls;
        long begin = System.nanoTime();
        this.sender =
                Thread.ofVirtual().name("trace-load").start(() -> send(times, begin, 1e9 / factor));
    }

    /**
     * Begins at once.
     *
     * @param urls of the n-th page, n from 0
     */
    static TraceLoad begin(Trace trace, int factor, Target api, IntFunction<String> urls) {
        return new TraceLoad(times(trace), factor, api, urls);
    }

    /** When each item comes, in seconds of the trace: evenly, as its rates have it. */
    static List<Double> times(Trace trace) {
        var times = new ArrayList<Double>();
        double due = 0.5;
        for (int second = 0; second < trace.rates().size(); second++) {
            double rate = trace.rates().get(second);
            while (due < rate) {
                times.add(second + due / rate);
                due++;
            }
            due -= rate;
        }
        return times;
    }

    private void send(List<Double> times, long begin, double nanosPerSecond) {
        for (int n = 0; n < times.size() && !Thread.interrupted(); n++) {
            long due = begin + (long) (times.get(n) * nanosPerSecond);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
            }
            int page = n;
            clients.execute(() -> submitAndRead(page));
        }
    }

    private void submitAndRead(int n) {
        String url = urls.apply(n);
        submissions.increment();
        String body =
                ask(
                        "POST",
                        HttpRequest.post("/api/jobs", "{\"urls\":[\"%s\"]}".formatted(url)),
                        ACCEPTED);
        if (body.isEmpty()) {
            return;
        }
        String id = JSON.readTree(body).required("id").asString();
        acknowledged.add(new Acknowledged("page-" + n, id, List.of(url)));
        reads.increment();
        ask("GET", HttpRequest.get("/api/jobs/" + id, ""), OK);
    }

    /** The body of a right answer; empty, and counted, otherwise. */
    private String ask(String what, byte[] request, int right) {
        try (var connection = HttpConnection.open(api)) {
            connection.patience(PATIENCE);
            HttpReply reply = connection.exchange(request);
            if (reply.status() == right) {
                return reply.text();
            }
            if (reply.status() == UNAVAILABLE) {
                refused.increment();
            } else {
                failures.add("%s: status %d".formatted(what, reply.status()));
            }
        } catch (IOException | JacksonException e) {
            failures.add("%s: %s".formatted(what, e));
        }
        return "";
    }

    /** Sends no more, before the trace is over. */
    void stop() {
        sender.interrupt();
    }

    /** Waits for the last answers. */
    Result end() throws InterruptedException {
        sender.join();
        clients.close();
        return new Result(
                List.copyOf(acknowledged),
                submissions.sum(),
                reads.sum(),
                refused.sum(),
                List.copyOf(failures));
    }

    /** Sends no more. */
    @Override
    public void close() {
        sender.interrupt();
        clients.shutdownNow();
    }
}
