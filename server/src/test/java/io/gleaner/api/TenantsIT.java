package io.gleaner.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.access.NewKey;
import io.gleaner.api.ApiFixture.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What one tenant does is as if it had not been, for every other. */
final class TenantsIT {

    private static final String HOST = "shared.example";
    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z");

    private final ApiFixture api = new ApiFixture(ApiFixture.CONFIG);
    private String alice = "";
    private String bob = "";

    @BeforeEach
    void makeKeys() {
        alice = api.keys.create(NewKey.named("alice").of("a")).secret();
        bob = api.keys.create(NewKey.named("bob").of("b")).secret();
        // The server looks for keys once in a while.
        await().until(() -> api.get("/api/jobs").status() == 401);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void noRouteTellsOneTenantOfAnother() throws Exception {
        JsonNode paths = new YAMLMapper().readTree(api.get("/openapi.yaml").body()).path("paths");
        Map<String, String> before = answers(paths, UUID.randomUUID().toString());

        String running = submit(alice, "k", HOST, 2);
        String ended = submit(alice, "l", "ended.example", 1);
        api.work(1);
        String cancelled = submit(alice, "m", HOST, 1);
        assertThat(api.send(as(alice, cancelled, "DELETE", "")).status()).isEqualTo(200);
        api.postpone(Duration.ofMinutes(1), "it answered 429");

        for (String job : new String[] {running, ended, cancelled}) {
            // It is at hand in this process now.
            assertThat(api.send(as(alice, job, "GET", "")).status()).isEqualTo(200);
            String id = job.substring(job.lastIndexOf('/') + 1);
            assertThat(answers(paths, id)).isEqualTo(before);
        }
        // What the other did came to nothing.
        Answer still = api.send(as(alice, running, "GET", ""));
        assertThat(still.text("state")).isEqualTo("running");
        assertThat(api.send(as(alice, "/api/jobs", "GET", "")).json().path("jobs").size())
                .isEqualTo(3);
        assertThat(
                        api.send(as(alice, "/api/hosts/" + HOST, "GET", ""))
                                .json()
                                .path("backlog")
                                .asInt())
                .isPositive();
    }

    /** What every operation of the description answers to Bob, who asks for this job and host. */
    private Map<String, String> answers(JsonNode paths, String job) throws Exception {
        var answers = new LinkedHashMap<String, String>();
        for (var path : paths.propertyStream().toList()) {
            for (String method : path.getValue().propertyNames()) {
                if (method.equals("parameters")) {
                    continue;
                }
                String operation = method.toUpperCase(Locale.ROOT) + " " + path.getKey();
                String asked =
                        path.getKey()
                                .replace("{id}", job)
                                .replace("{seq}", "1")
                                .replace("{index}", "0")
                                .replace("{version}", "0")
                                .replace("{file}", "main.js")
                                .replace("{name}", HOST);
                Answer answer =
                        api.send(
                                as(
                                        bob,
                                        asked,
                                        method.toUpperCase(Locale.ROOT),
                                        body(path.getKey())));
                assertThat(answer.status()).as(operation).isNotIn(400, 401, 500);
                answers.put(operation, answer.status() + " " + plain(operation, answer));
            }
        }
        // Bob's own jobs grow with each walk; nobody else's may be among them.
        assertThat(answers).hasSizeGreaterThan(15);
        return answers;
    }

    private static String body(String path) {
        return switch (path) {
            case "/api/jobs" -> "{\"urls\": [\"https://bob.example/\"]}";
            case "/api/scrape" -> "{\"url\": \"https://bob.example/\", \"timeout\": \"100ms\"}";
            case "/api/schedules" ->
                    "{\"name\": \"%s\", \"every\": \"24h\", \"job\": {\"urls\": [\"https://bob.example/\"]}}"
                            .formatted(UUID.randomUUID());
            case "/api/map" -> "{\"url\": \"https://bob.example/\"}";
            default -> "";
        };
    }

    private String plain(String operation, Answer answer) {
        if (operation.equals("GET /api/jobs")) {
            // Each walk adds a job and a scrape of his own.
            for (JsonNode job : answer.json().path("jobs")) {
                assertThat(job.path("total").asInt()).isEqualTo(1);
            }
            return "";
        }
        if (operation.equals("GET /api/schedules")) {
            // And a schedule.
            for (JsonNode schedule : answer.json().path("schedules")) {
                assertThat(schedule.path("url").asString()).contains("bob.example");
            }
            return "";
        }
        String body = ID.matcher(answer.body()).replaceAll("ID");
        return TIME.matcher(body).replaceAll("TIME");
    }

    @Test
    void anIdempotencyKeyIsATenantsOwn() throws Exception {
        String first = submit(alice, "the same", HOST, 2);
        String other = submit(bob, "the same", "bob.example", 1);
        assertThat(other).isNotEqualTo(first);
        assertThat(submit(alice, "the same", HOST, 2)).isEqualTo(first);
        assertThat(submit(bob, "the same", "bob.example", 1)).isEqualTo(other);
        Answer conflict = post(alice, "the same", "bob.example", 1);
        assertThat(conflict.text("code")).isEqualTo("idempotency_conflict");
        assertThat(conflict.text("job")).isEqualTo(first);
    }

    @Test
    void aListThatOneTenantHasJustReadIsNotAnothers() throws Exception {
        submit(alice, "a", HOST, 1);
        for (String filter : new String[] {"", "?state=running"}) {
            assertThat(jobs(alice, filter)).isEqualTo(1);
            assertThat(jobs(bob, filter)).isZero();
        }
    }

    private int jobs(String key, String filter) throws Exception {
        return api.send(as(key, "/api/jobs" + filter, "GET", "")).json().path("jobs").size();
    }

    @Test
    void aHostShowsATenantItsOwnTasksOnly() throws Exception {
        submit(alice, "a", HOST, 3);
        String job = submit(bob, "b", HOST, 1);
        api.postpone(Duration.ofMinutes(1), "it answered 429");
        JsonNode seen = api.send(as(bob, "/api/hosts/" + HOST, "GET", "")).json();
        assertThat(seen.path("backlog").asInt()).isEqualTo(1);
        assertThat(seen.path("inFlight").isNull()).isTrue();
        JsonNode waiting = api.send(as(bob, job, "GET", "")).json().path("waiting");
        assertThat(waiting.get(0).path("backlog").asInt()).isEqualTo(1);
    }

    @Test
    void whatWasThereBeforeThereWereTenantsIsTheMainOnes() throws Exception {
        String main = api.keys.create(NewKey.named("old")).secret();
        String job = submit(main, "x", HOST, 1);
        assertThat(api.jobs.find(UUID.fromString(job.substring(job.lastIndexOf('/') + 1))))
                .get()
                .extracting(it -> it.tenant().id())
                .isEqualTo(1L);
        assertThat(api.send(as(bob, job, "GET", "")).status()).isEqualTo(404);
    }

    private String submit(String key, String idempotency, String host, int urls) throws Exception {
        Answer answer = post(key, idempotency, host, urls);
        assertThat(answer.status()).as(answer.body()).isIn(200, 202);
        return answer.header("Location");
    }

    private Answer post(String key, String idempotency, String host, int urls) throws Exception {
        var list = new StringBuilder();
        for (int i = 1; i <= urls; i++) {
            list.append(list.isEmpty() ? "" : ",").append("\"https://%s/%d\"".formatted(host, i));
        }
        return api.send(
                as(key, "/api/jobs", "POST", "{\"urls\": [%s]}".formatted(list))
                        .header("Idempotency-Key", idempotency));
    }

    private java.net.http.HttpRequest.Builder as(
            String key, String path, String method, String body) {
        var request =
                api.request(path)
                        .method(method, BodyPublishers.ofString(method.equals("POST") ? body : ""))
                        .header("Authorization", "Bearer " + key);
        return method.equals("POST") ? request.header("Content-Type", "application/json") : request;
    }
}
