package io.gleaner.api;

import io.gleaner.access.AccessKeys;
import io.gleaner.api.port.ApiConfig;
import io.gleaner.api.port.ApiParts;
import io.gleaner.api.port.HostPoliteness;
import io.gleaner.api.port.MapAnswer;
import io.gleaner.bodies.Bodies;
import io.gleaner.budget.Budgets;
import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.LocalRateLimits;
import io.gleaner.cache.SharedStore;
import io.gleaner.cache.Signals;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.job.Chunk;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.PageContent;
import io.gleaner.job.Task;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.profile.Profiler;
import io.gleaner.profile.RollingRecording;
import io.gleaner.seal.Sealer;
import io.gleaner.store.Backlog;
import io.gleaner.store.Days;
import io.gleaner.store.HostLease;
import io.gleaner.store.HostQueues;
import io.gleaner.store.HostRelease;
import io.gleaner.store.Hosts;
import io.gleaner.store.Jobs;
import io.gleaner.store.Pages;
import io.gleaner.store.Settlement;
import io.gleaner.store.Submissions;
import io.gleaner.store.SubmitConfig;
import io.gleaner.store.Verdict;
import io.gleaner.store.Webhooks;
import io.gleaner.telemetry.Telemetry;
import io.gleaner.testing.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A real server on a real database, and the test in the place of the worker. */
final class ApiFixture implements AutoCloseable {

    static final JsonMapper JSON = JsonMapper.builder().build();
    static final ApiConfig CONFIG = ApiConfig.standard().at("127.0.0.1", 0);

    final Telemetry telemetry = new Telemetry();
    final Signals signals = new Signals();
    final AtomicReference<@Nullable String> notReady = new AtomicReference<>();
    final AtomicReference<MapAnswer> mapped =
            new AtomicReference<>(new MapAnswer.Mapped(List.of("https://a.example/")));
    final Database database;
    final Submissions submissions;
    final Jobs jobs;
    final AccessKeys keys;
    final Caches caches;
    final ApiParts parts;
    final ApiServer server;
    final HttpClient http = HttpClient.newHttpClient();

    private final HostQueues queues;
    private final Settlement settlement;

    ApiFixture(ApiConfig config) {
        this(config, SubmitConfig.standard());
    }

    ApiFixture(ApiConfig config, SubmitConfig submit) {
        this(config, submit, null);
    }

    ApiFixture(ApiConfig config, SubmitConfig submit, @Nullable RollingRecording past) {
        var access = TestDatabase.shared().fresh();
        var settings = DatabaseConfig.of(access.url(), access.user(), access.password());
        database = Database.open(settings, telemetry.registry());
        new Days(database.maintenance(), InstantSource.system()).prepare();
        queues = new HostQueues(database.work());
        settlement = new Settlement(database.work());
        var clock = InstantSource.system();
        var requests = database.requests();
        var sealer = Sealer.of(Sealer.newKey());
        var backlog = new Backlog(requests, submit.backlogMax(), clock);
        submissions = new Submissions(requests, backlog, submit, sealer, clock);
        jobs = new Jobs(requests, sealer);
        keys = new AccessKeys(requests);
        caches = new Caches(SharedStore.NONE, Bus.NONE, telemetry.registry(), clock);
        parts =
                new ApiParts(
                        submissions,
                        jobs,
                        new Pages(requests, new Bodies(null)),
                        new Hosts(requests),
                        new Webhooks(requests, sealer),
                        keys,
                        new LocalRateLimits(clock),
                        caches,
                        signals,
                        new PlainRules(),
                        query -> mapped.get(),
                        host -> Optional.of(politeness()),
                        () -> Optional.ofNullable(notReady.get()),
                        Budgets.sharing(Budgets.BYTES_MIN, 1),
                        telemetry,
                        new Profiler(past),
                        clock);
        server = ApiServer.start(config, parts);
    }

    static HostPoliteness politeness() {
        return new HostPoliteness(
                "allowed with 3 rules",
                Instant.parse("2026-01-01T00:00:00Z"),
                Instant.parse("2026-01-02T00:00:00Z"),
                2,
                0,
                Duration.ofMillis(500),
                null,
                null,
                false);
    }

    @Override
    public void close() {
        server.close();
        http.close();
        caches.close();
        submissions.close();
        database.close();
        telemetry.close();
    }

    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(uri(path)).timeout(Patience.LONG);
    }

    Answer send(HttpRequest.Builder request) throws Exception {
        return new Answer(http.send(request.build(), BodyHandlers.ofString()));
    }

    Answer get(String path, String... headers) throws Exception {
        var request = request(path).GET();
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    Answer delete(String path) throws Exception {
        return send(request(path).DELETE());
    }

    Answer post(String path, String json, String... headers) throws Exception {
        var request =
                request(path)
                        .POST(BodyPublishers.ofString(json))
                        .header("Content-Type", "application/json");
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** The path of a new job of {@code https://HOST/1 .. https://HOST/n}. */
    String submit(String host, int urls) throws Exception {
        var list = new ArrayList<String>();
        for (int i = 1; i <= urls; i++) {
            list.add("https://" + host + "/" + i);
        }
        Answer answer = post("/api/jobs", JSON.writeValueAsString(Map.of("urls", list)));
        return answer.header("Location");
    }

    /** Concludes up to {@code max} tasks of every due host as pages, like a worker. */
    int work(int max) {
        return work(max, ApiFixture::page);
    }

    int work(int max, Function<Task, Page> fetch) {
        UUID worker = UUID.randomUUID();
        int concluded = 0;
        for (HostLease lease : queues.lease(worker, 1_000, max)) {
            List<Verdict> verdicts = new ArrayList<>();
            for (var leased : lease.tasks()) {
                Page page = fetch.apply(leased.task());
                verdicts.add(new Verdict.Concluded(leased.task(), lease.lease(), page, List.of()));
            }
            settlement.settle(verdicts).changed().forEach(signals::jobChanged);
            concluded += verdicts.size();
            queues.release(
                    worker,
                    List.of(
                            new HostRelease(
                                    lease.lease(), null, 0, null, null, Duration.ZERO, null)));
        }
        return concluded;
    }

    /** Makes every due host wait. */
    void postpone(Duration delay, String reason) {
        UUID worker = UUID.randomUUID();
        for (HostLease lease : queues.lease(worker, 1_000, 0)) {
            queues.release(
                    worker,
                    List.of(
                            new HostRelease(
                                    lease.lease(),
                                    Instant.now().plus(delay),
                                    1,
                                    Instant.now(),
                                    null,
                                    Duration.ofSeconds(2),
                                    reason)));
        }
    }

    static Page page(Task task) {
        return new Page.Content(
                task.url(),
                task.url() + "?final",
                200,
                Instant.parse("2026-01-01T00:00:00Z"),
                task.depth(),
                "text/html",
                new PageContent(
                        "# " + task.url(),
                        "<h1>x</h1>",
                        "<html>",
                        "x",
                        List.of(new Chunk(List.of("A"), "# A")),
                        List.of("https://a.example/"),
                        List.of("https://a.example/i.png"),
                        Map.of("title", "Ä \u2028 \"title\""),
                        fields()));
    }

    static Page fault(Task task, FaultCode code, @Nullable Integer status) {
        return new Page.Fault(
                task.url(),
                code,
                "a detail",
                status,
                Instant.parse("2026-01-01T00:00:00Z"),
                task.depth(),
                task.attempt());
    }

    private static Map<String, @Nullable Object> fields() {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("price", "7");
        fields.put("all", List.of("a", "b"));
        fields.put("none", null);
        return fields;
    }

    /** What another server works with: it opens caches of its own. */
    ApiParts partsWith(Caches caches) {
        return new ApiParts(
                parts.submissions(),
                parts.jobs(),
                parts.pages(),
                parts.hosts(),
                parts.webhooks(),
                parts.keys(),
                parts.rates(),
                caches,
                parts.signals(),
                parts.rules(),
                parts.mapper(),
                parts.insight(),
                parts.readiness(),
                parts.budgets(),
                parts.telemetry(),
                parts.profiler(),
                parts.clock());
    }

    /** A response, with its body as JSON. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String body() {
            return response.body();
        }

        JsonNode json() {
            return JSON.readTree(response.body());
        }

        String text(String member) {
            return json().path(member).asString();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }
}
