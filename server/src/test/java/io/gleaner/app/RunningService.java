package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.budget.Budgets;
import io.gleaner.fetch.FetchConfig;
import io.gleaner.objects.ObjectsConfig;
import io.gleaner.politeness.PolitenessConfig;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.TestStore;
import io.gleaner.worker.WorkerConfig;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a database of its own, asked over HTTP, with short waits. */
final class RunningService implements AutoCloseable {

    private static final Duration ROBOTS_RETRY = Duration.ofMillis(300);

    /** Longer than a starved machine takes to ask again a few times. */
    private static final Duration THROTTLE_PATIENCE = Duration.ofMinutes(5);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration ANSWER_MAX = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Gleaner gleaner;

    private RunningService(Gleaner gleaner) {
        this.gleaner = gleaner;
    }

    /** As patient with one answer as the service is by default, so that a busy machine may be. */
    static RunningService patient() {
        return start(limits(16, 1_000, 8, Duration.ofMillis(200)));
    }

    /**
     * For hosts that say nothing, or "later" without end. The silence is longer than a starved
     * machine takes to answer for the site.
     */
    static RunningService hurried() {
        Duration throttling = Duration.ofSeconds(10);
        Limits patient = limits(16, 1_000, 8, Duration.ofMillis(200), throttling);
        Duration silence = Duration.ofSeconds(3);
        return start(
                new Limits(
                        patient.worker(),
                        patient.politeness(),
                        patient.fetch().withTimeouts(silence, silence)));
    }

    /** As {@link #patient}, on a given database. */
    static RunningService patientOn(String databaseUrl) {
        return startOn(limits(16, 1_000, 8, Duration.ofMillis(200)), databaseUrl);
    }

    static RunningService start(Limits limits) {
        return startOn(limits, TestDatabase.shared().freshUrl());
    }

    /** On a given database. */
    static RunningService startOn(Limits limits, String databaseUrl) {
        return start(limits, databaseUrl, Budgets.standardBytes());
    }

    /** With little memory for what is on its way. */
    static RunningService startWith(Limits limits, long budgetBytes) {
        return start(limits, TestDatabase.shared().freshUrl(), budgetBytes);
    }

    /** One process of several, on a database that they share. */
    static RunningService startAs(Set<Role> roles, Limits limits, String databaseUrl) {
        return start(roles, limits, databaseUrl, Budgets.standardBytes(), draft -> {});
    }

    /** As {@link #patientOn}, with an object store. */
    static RunningService keepingBodiesIn(ObjectsConfig objects, String databaseUrl) {
        return start(
                Set.of(Role.values()),
                limits(16, 1_000, 8, Duration.ofMillis(200)),
                databaseUrl,
                Budgets.standardBytes(),
                draft -> draft.objects = objects);
    }

    private static RunningService start(Limits limits, String databaseUrl, long budgetBytes) {
        return start(Set.of(Role.values()), limits, databaseUrl, budgetBytes, draft -> {});
    }

    /** One process of several, whose browser is the one that is named. */
    static RunningService startAs(Set<Role> roles, String browser, String databaseUrl) {
        Limits limits = limits(16, 1_000, 8, Duration.ofMillis(200));
        return start(
                roles,
                limits,
                databaseUrl,
                Budgets.standardBytes(),
                draft -> draft.browser = browser);
    }

    private static RunningService start(
            Set<Role> roles,
            Limits limits,
            String databaseUrl,
            long budgetBytes,
            Consumer<Settings.Draft> more) {
        Settings settings =
                Settings.defaults()
                        .with(
                                draft -> {
                                    draft.databaseUrl = databaseUrl;
                                    draft.secretKey = TestStore.SECRET_KEY;
                                    draft.port = 0;
                                    draft.roles = roles;
                                    draft.budgetBytes = budgetBytes;
                                    draft.allowPrivateNetworks = true;
                                    more.accept(draft);
                                });
        return new RunningService(new Gleaner(settings, limits));
    }

    /** What a test wants to run into, and short waits. */
    static Limits limits(int concurrency, int hostsMax, int hostSlots, Duration backoffMin) {
        return limits(concurrency, hostsMax, hostSlots, backoffMin, THROTTLE_PATIENCE);
    }

    static Limits limits(
            int concurrency,
            int hostsMax,
            int hostSlots,
            Duration backoffMin,
            Duration throttlePatience) {
        WorkerConfig worker = WorkerConfig.standard();
        PolitenessConfig politeness = PolitenessConfig.standard();
        return new Limits(
                new WorkerConfig(
                        concurrency,
                        hostsMax,
                        worker.tasksEach(),
                        worker.attemptsMax(),
                        worker.refusalsMax(),
                        worker.holdMax(),
                        worker.quantum(),
                        worker.failurePatience(),
                        throttlePatience,
                        worker.bugPause(),
                        worker.poll(),
                        worker.heartbeat(),
                        worker.staleAfter(),
                        worker.drain()),
                new PolitenessConfig(
                        politeness.agentToken(),
                        politeness.crawlDelayMin(),
                        politeness.crawlDelayMax(),
                        hostSlots,
                        politeness.robotsTtl(),
                        ROBOTS_RETRY,
                        politeness.robotsMaxBytes(),
                        politeness.robotsCacheBytes(),
                        backoffMin,
                        politeness.backoffMax(),
                        politeness.retryAfterMax(),
                        politeness.paceIdle(),
                        politeness.pacesMax()),
                FetchConfig.standard());
    }

    /** Submits a job and answers its path. */
    String submit(Map<String, ?> body) throws Exception {
        return submit(JSON.writeValueAsString(body));
    }

    String submit(String body) throws Exception {
        var answer = post("application/json", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        return answer.headers().firstValue("Location").orElseThrow();
    }

    /** Submits one URL; whatever comes of it. */
    HttpResponse<String> submission(String url) throws Exception {
        return post("application/json", JSON.writeValueAsString(Map.of("urls", List.of(url))));
    }

    /** Submits a job; whatever comes of it. */
    HttpResponse<String> submission(Map<String, ?> body) throws Exception {
        return post("application/json", JSON.writeValueAsString(body));
    }

    /** Submits a URL a line; whatever comes of it. */
    HttpResponse<String> upload(String lines) throws Exception {
        return upload(BodyPublishers.ofString(lines));
    }

    HttpResponse<String> upload(BodyPublisher lines) throws Exception {
        return post("application/x-ndjson", lines);
    }

    void cancel(String job) throws Exception {
        assertThat(send(request(job).DELETE()).statusCode()).isEqualTo(200);
    }

    HttpResponse<String> answer(String path) throws Exception {
        return send(request(path).GET());
    }

    /** The sample of that name, without labels. */
    double metric(String name) throws Exception {
        return answer("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    /** What is at a path, as it came. */
    byte[] bytes(String path) throws Exception {
        var request = request(path).build();
        return http.send(request, BodyHandlers.ofByteArray()).body();
    }

    JsonNode get(String path) throws Exception {
        var answer = send(request(path).GET());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** The answer to a POST without a body. */
    JsonNode post(String path) throws Exception {
        var answer = send(request(path).POST(BodyPublishers.noBody()));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    JsonNode host(String name) throws Exception {
        return get("/api/hosts/" + URLEncoder.encode(name, StandardCharsets.UTF_8));
    }

    /** Waits for the end of a job; answers its pages and faults by URL. */
    Map<String, JsonNode> results(String job) throws Exception {
        var answer =
                send(
                        request(job + "/pages?follow=true")
                                .GET()
                                .header("Accept", "application/x-ndjson"));
        Map<String, JsonNode> byUrl = new LinkedHashMap<>();
        answer.body()
                .lines()
                .filter(line -> !line.isBlank())
                .map(JSON::readTree)
                .forEach(page -> byUrl.put(page.path("url").asString(), page));
        JsonNode status = get(job);
        assertThat(status.path("state").asString()).isIn("completed", "failed");
        assertThat(status.path("done").asInt()).isEqualTo(byUrl.size());
        return byUrl;
    }

    @Override
    public void close() {
        http.shutdownNow();
        gleaner.close();
    }

    private HttpResponse<String> post(String type, String body) throws Exception {
        return post(type, BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(String type, BodyPublisher body) throws Exception {
        return send(request("/api/jobs").POST(body).header("Content-Type", type));
    }

    /** Where it listens. */
    String url() {
        return "http://127.0.0.1:" + gleaner.port();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url() + path)).timeout(ANSWER_MAX);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString());
    }
}
