package io.gleaner.perf.availability;

import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.load.Arrivals;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.LoadResult;
import io.gleaner.perf.load.OpenLoop;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.load.Workload;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/**
 * Submissions of a page, reads of states and reads of pages through the proxy, each kind at its own
 * rate over connections of its own that are kept alive. Nothing is sent twice.
 */
final class SteadyLoad implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern CODE = Pattern.compile("\"code\":\\s*\"(\\w+)\"");
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final int LATEST = 64;
    private static final int CONNECTIONS = 16;
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final Duration SEND_PATIENCE = Duration.ofSeconds(5);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(20);

    /**
     * A request that did not get what it asked for.
     *
     * @param what the status and the problem's code, or that there was no answer
     */
    record Failure(String kind, Instant at, String what) {}

    private final Target target;
    private final Site site;
    private final AtomicReferenceArray<String> latest = new AtomicReferenceArray<>(LATEST);
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Future<LoadResult>> running = new LinkedHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private volatile boolean ended;

    private SteadyLoad(Target target, Site site, String job) {
        this.target = target;
        this.site = site;
        for (int n = 0; n < LATEST; n++) {
            latest.set(n, job);
        }
    }

    /**
     * @param job that is there already, for the first reads
     */
    static SteadyLoad begin(Target target, Site site, String job, ClusterSettings settings) {
        var load = new SteadyLoad(target, site, job);
        load.run("submissions", settings.submissionsPerSecond(), load.new Submissions());
        load.run("reads of states", settings.readsPerSecond(), load.new Reads(""));
        load.run("reads of pages", settings.readsPerSecond() / 2.0, load.new Reads("/pages"));
        return load;
    }

    private void run(String kind, double rate, Workload workload) {
        var loop =
                new OpenLoop(
                        Arrivals.Shape.POISSON,
                        rate,
                        LONGEST,
                        CONNECTIONS,
                        SEND_PATIENCE,
                        ANSWER_PATIENCE,
                        kind.length());
        running.put(
                kind,
                threads.submit(
                        () ->
                                loop.run(
                                        target,
                                        workload,
                                        (status, nanos) -> note(kind, status),
                                        () -> ended)));
    }

    /** Those that were answered have been noted with their answer. */
    private void note(String kind, int status) {
        if (status == 0) {
            failures.add(new Failure(kind, Instant.now(), "no answer, or no connection in time"));
        }
    }

    private boolean wants(int status, String kind, HttpReply reply) {
        if (reply.status() == status) {
            return true;
        }
        Matcher code = CODE.matcher(reply.text());
        String problem = code.find() ? " " + code.group(1) : "";
        failures.add(new Failure(kind, Instant.now(), reply.status() + problem));
        return false;
    }

    /** Sends no more, waits for the last answers, and tells what each kind came to. */
    Map<String, LoadResult> end() throws InterruptedException {
        ended = true;
        Map<String, LoadResult> results = new LinkedHashMap<>();
        for (var loop : running.entrySet()) {
            try {
                results.put(loop.getKey(), loop.getValue().get());
            } catch (ExecutionException e) {
                throw new BenchException("the load broke: " + e.getMessage(), e);
            }
        }
        return results;
    }

    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    List<Failure> failures() {
        return List.copyOf(failures);
    }

    private final class Submissions implements Workload {
        @Override
        public byte[] request(long n) {
            return HttpRequest.post("/api/jobs", "{\"urls\":[\"%s\"]}".formatted(url(n)));
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            if (!wants(ACCEPTED, "submission", reply)) {
                return false;
            }
            String id = JSON.readTree(reply.body()).required("id").asString();
            acknowledged.add(new Acknowledged("", id, List.of(url(n))));
            latest.set((int) (n % LATEST), id);
            return true;
        }

        private String url(long n) {
            return site.url((int) (n % site.plan().pages())).toString();
        }
    }

    private final class Reads implements Workload {
        private final String what;

        Reads(String what) {
            this.what = what;
        }

        @Override
        public byte[] request(long n) {
            return HttpRequest.get("/api/jobs/" + latest.get((int) (n % LATEST)) + what, "");
        }

        @Override
        public boolean accepts(long n, HttpReply reply) {
            return wants(OK, "read", reply);
        }
    }

    @Override
    public void close() {
        ended = true;
        threads.shutdownNow();
    }
}
