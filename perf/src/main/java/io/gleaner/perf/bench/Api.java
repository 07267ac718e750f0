package io.gleaner.perf.bench;

import io.gleaner.perf.load.HttpConnection;
import io.gleaner.perf.load.HttpReply;
import io.gleaner.perf.load.HttpRequest;
import io.gleaner.perf.load.Target;
import io.gleaner.perf.process.BenchException;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The service's HTTP API for everything that is not under load.
 *
 * @param key access key to show, or empty
 */
public record Api(Target target, String key) {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int ACCEPTED = 202;
    private static final int OK = 200;
    private static final Duration METRICS_PATIENCE = Duration.ofSeconds(30);

    /** Of a service that asks for no key. */
    public Api(Target target) {
        this(target, "");
    }

    /** Submits a job; answers its id. */
    public String submit(String body) throws IOException {
        return ask(HttpRequest.post("/api/jobs", body), ACCEPTED).required("id").asString();
    }

    /** Fetches one page and waits for it. */
    public JsonNode scrape(String body) throws IOException {
        return ask(HttpRequest.post("/api/scrape", body), OK);
    }

    public JsonNode cancel(String id) throws IOException {
        return ask(HttpRequest.delete("/api/jobs/" + id), OK);
    }

    public JsonNode status(String id) throws IOException {
        return ask(HttpRequest.get("/api/jobs/" + id, ""), OK);
    }

    /** Up to 1,000 pages of a job, from the one after the cursor on. */
    public JsonNode pages(String id, long cursor) throws IOException {
        return ask(
                HttpRequest.get(
                        "/api/jobs/%s/pages?limit=1000&cursor=%d".formatted(id, cursor), ""),
                OK);
    }

    /** All jobs by id, a thousand at a time. */
    public Map<String, JsonNode> jobs() throws IOException {
        var jobs = new HashMap<String, JsonNode>();
        for (String cursor = ""; ; ) {
            JsonNode list = ask(HttpRequest.get("/api/jobs?limit=1000" + cursor, ""), OK);
            for (JsonNode job : list.required("jobs")) {
                jobs.put(job.required("id").asString(), job);
            }
            JsonNode next = list.required("next");
            if (next.isNull()) {
                return jobs;
            }
            cursor = "&cursor=" + next.asString();
        }
    }

    /** Waits until a job has ended. */
    public JsonNode awaitEnd(String id, Duration longest) throws IOException {
        long end = System.nanoTime() + longest.toNanos();
        while (System.nanoTime() < end) {
            JsonNode job = ask(HttpRequest.get("/api/jobs/" + id + "?wait=5s", ""), OK);
            if (!job.required("state").asString().equals("running")) {
                return job;
            }
        }
        throw new BenchException("the job did not end within %s".formatted(longest));
    }

    /** Every sample of {@code /metrics}, by name and labels as they are written there. */
    public Map<String, Double> metrics() throws IOException {
        return metrics(METRICS_PATIENCE);
    }

    /**
     * The same, from a service that may be slow to answer or not answer at all.
     *
     * @throws BenchException if it answers something else, like 401 to a key that it does not know
     */
    public Map<String, Double> metrics(Duration patience) throws IOException {
        var samples = new HashMap<String, Double>();
        try (var connection = HttpConnection.open(target)) {
            connection.patience(patience);
            right(connection.exchange(HttpRequest.get("/metrics", authorization())), OK)
                    .text()
                    .lines()
                    .filter(line -> !line.startsWith("#") && line.indexOf(' ') > 0)
                    .forEach(
                            line -> {
                                int space = line.lastIndexOf(' ');
                                samples.put(
                                        line.substring(0, space),
                                        Double.valueOf(line.substring(space + 1)));
                            });
        }
        return samples;
    }

    private JsonNode ask(byte[] request, int expected) throws IOException {
        try (var connection = HttpConnection.open(target)) {
            return JSON.readTree(right(connection.exchange(request), expected).body());
        }
    }

    private static HttpReply right(HttpReply reply, int expected) {
        if (reply.status() != expected) {
            throw new BenchException(
                    "the service answered %d: %s".formatted(reply.status(), reply.text()));
        }
        return reply;
    }

    private String authorization() {
        return key.isEmpty() ? "" : "Authorization: Bearer %s\r\n".formatted(key);
    }
}
