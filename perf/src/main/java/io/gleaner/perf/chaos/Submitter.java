package io.gleaner.perf.chaos;

import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Submits jobs under a key, to whichever API lives, until each is acknowledged. */
public final class Submitter {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int CONFLICT = 409;
    private static final int PAUSE_MS_MIN = 50;
    private static final int PAUSE_MS_MAX = 250;

    /**
     * An acknowledged submission.
     *
     * @param urls empty for a crawl
     */
    public record Acknowledged(String key, String id, List<String> urls) {}

    private final Supplier<Optional<Target>> apis;
    private final ConcurrentSkipListMap<Integer, LongAdder> answers = new ConcurrentSkipListMap<>();
    private final LongAdder broken = new LongAdder();

    /**
     * @param apis a living one each time; empty when there is none
     */
    public Submitter(Supplier<Optional<Target>> apis) {
        this.apis = apis;
    }

    /** Answers by status. */
    public Map<Integer, Long> answers() {
        return answers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
    }

    /** Connections that broke or were refused. */
    public long broken() {
        return broken.sum();
    }

    public Acknowledged urls(String key, List<String> urls) {
        String body = urls.stream().collect(Collectors.joining("\",\"", "{\"urls\":[\"", "\"]}"));
        return new Acknowledged(key, id(key, body), urls);
    }

    public Acknowledged crawl(String key, String body) {
        return new Acknowledged(key, id(key, body), List.of());
    }

    private String id(String key, String body) {
        byte[] request = HttpRequest.post("/api/jobs", "Idempotency-Key: " + key + "\r\n", body);
        long end = System.nanoTime() + LONGEST.toNanos();
        while (System.nanoTime() < end) {
            Optional<Target> api = apis.get();
            Optional<HttpReply> reply = api.flatMap(target -> exchange(target, request));
            if (reply.isPresent()) {
                int status = reply.get().status();
                answers.computeIfAbsent(status, absent -> new LongAdder()).increment();
                if (status == 200 || status == 202) {
                    return JSON.readTree(reply.get().body()).required("id").asString();
                }
                if (status < 500 && !isInProgress(reply.get())) {
                    throw new BenchException(
                            "a submission was refused for good with %d: %s"
                                    .formatted(status, reply.get().text()));
                }
            }
            int pause = ThreadLocalRandom.current().nextInt(PAUSE_MS_MIN, PAUSE_MS_MAX);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause));
        }
        throw new BenchException("a submission was not acknowledged within " + LONGEST);
    }

    /** The try before, whose connection broke, is still being stored. */
    private static boolean isInProgress(HttpReply reply) {
        return reply.status() == CONFLICT && reply.text().contains("idempotency_in_progress");
    }

    private Optional<HttpReply> exchange(Target target, byte[] request) {
        try (var connection = HttpConnection.open(target)) {
            connection.patience(PATIENCE);
            return Optional.of(connection.exchange(request));
        } catch (IOException e) {
            broken.increment();
            return Optional.empty();
        }
    }
}
