package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.redis.RedisNode;
import io.gleaner.testing.ServerEvent;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;

/** Two APIs and two workers on one database and one Redis. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
final class ManyProcessesWithRedisIT {

    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");
    private static final int PAGES = 60;
    private static final int HOSTS = 20;
    private static final int ATTEMPTS = 20;

    private static final TestDatabase.Access ACCESS = TestDatabase.shared().fresh();
    private static final RedisNode REDIS = RedisNode.start();

    private static ServiceProcess one = launch("api,maintenance");
    private static final ServiceProcess OTHER = launch("api");
    private static final List<ServiceProcess> WORKERS = List.of(launch("worker"), launch("worker"));

    private final HttpClient http = HttpClient.newHttpClient();

    private static ServiceProcess launch(String roles) {
        return ServiceProcess.launch(
                QUICK_START,
                List.of(
                        "--roles",
                        roles,
                        "--database-url",
                        ACCESS.urlWithUser(),
                        "--redis-url",
                        REDIS.url()),
                Map.of("GLEANER_DATABASE_CONNECTIONS", "8"));
    }

    @BeforeAll
    static void start() throws InterruptedException {
        for (ServiceProcess process : all()) {
            process.awaitReady();
        }
    }

    @AfterAll
    static void close() {
        all().forEach(ServiceProcess::close);
        REDIS.close();
    }

    @AfterEach
    void closeClient() {
        http.shutdownNow();
    }

    private static List<ServiceProcess> all() {
        return Stream.concat(Stream.of(one, OTHER), WORKERS.stream()).toList();
    }

    @Test
    void aClientSeesEveryEventOnceAndInOrderAcrossARestartOfItsApi() throws Exception {
        var gate = new CountDownLatch(1);
        var asked = new AtomicInteger();
        try (var site =
                        new SpreadSite(
                                PAGES,
                                page -> {
                                    if (asked.incrementAndGet() > PAGES / 2) {
                                        gate.await();
                                    }
                                });
                var thread = Executors.newSingleThreadExecutor()) {
            String job = OTHER.submit(site.crawl());
            List<ServerEvent> seen = new CopyOnWriteArrayList<>();
            Future<?> before = thread.submit(() -> follow(one, job, seen));
            await().until(() -> pages(seen).size() >= PAGES / 3);
            one.terminate();
            assertThat(one.awaitExit()).isZero();
            before.get();
            assertThat(seen).noneMatch(event -> event.name().equals("end"));

            gate.countDown();
            one = launch("api,maintenance").awaitReady();
            follow(one, job, seen);
            assertThat(seen.getLast().name()).isEqualTo("end");
            assertThat(seen.getLast().json().path("state").asString()).isEqualTo("completed");
            assertThat(pages(seen))
                    .extracting(event -> Long.parseLong(event.id()))
                    .containsExactlyElementsOf(LongStream.rangeClosed(1, PAGES).boxed().toList());
            assertThat(pages(seen))
                    .extracting(event -> event.json().path("url").asString())
                    .containsExactlyInAnyOrderElementsOf(site.urls());
        }
    }

    private static List<ServerEvent> pages(List<ServerEvent> events) {
        return events.stream().filter(event -> event.name().equals("page")).toList();
    }

    /** Until the stream ends, however it does; goes on where {@code seen} ends. */
    private @Nullable Void follow(ServiceProcess api, String job, List<ServerEvent> seen)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = api.request(job + "/events");
        if (!seen.isEmpty()) {
            request.header("Last-Event-ID", seen.getLast().id());
        }
        HttpResponse<InputStream> response =
                http.send(request.build(), BodyHandlers.ofInputStream());
        try {
            return ServerEvent.read(response.body(), seen::add);
        } catch (IOException e) {
            return null; // The server was stopped in the midst of it.
        }
    }

    /**
     * Whoever does without a Redis that answers slowly loads for itself, and counts that it does.
     */
    @Test
    void aRobotsTxtIsLoadedOnceForAllWorkers() throws Exception {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            for (ServiceProcess worker : WORKERS) {
                await().until(() -> metric(worker, "gleaner_redis_up") == 1);
            }
            double doneWithoutBefore = doneWithoutRedis();
            try (var site = TestSite.start("0.0.0.0")) {
                for (int round = 0; round < 3; round++) {
                    visitEachHost(site, round);
                }
                double doneWithout = doneWithoutRedis() - doneWithoutBefore;
                assertThat((double) site.requests("/robots.txt"))
                        .isBetween((double) HOSTS, HOSTS + doneWithout);
                if (doneWithout == 0) {
                    return;
                }
            }
        }
        throw new AssertionError(
                "Redis answered slowly in each of %d attempts".formatted(ATTEMPTS));
    }

    private static double doneWithoutRedis() throws Exception {
        double sum = 0;
        for (ServiceProcess worker : WORKERS) {
            sum += metric(worker, "gleaner_redis_errors_total");
            sum += metric(worker, "gleaner_redis_skipped_total");
        }
        return sum;
    }

    private void visitEachHost(TestSite site, int round) throws Exception {
        List<String> urls =
                IntStream.range(0, HOSTS)
                        .mapToObj(
                                i ->
                                        "http://127.3.0.%d:%d/graph/1/0?%d"
                                                .formatted(i + 1, site.port(), round))
                        .toList();
        String job = one.submit("{\"urls\": [\"%s\"]}".formatted(String.join("\", \"", urls)));
        OTHER.assertComplete(job, urls);
    }

    @Test
    void theStatusOfAnEndedJobIsReadFromRedisByTheOtherApi() throws Exception {
        try (var site = new SpreadSite(1, page -> {})) {
            String job = one.submit("{\"urls\": [\"%s\"]}".formatted(site.url(0)));
            JsonNode ended = one.awaitEnd(job);
            String id = ended.required("id").asString();
            await().until(() -> REDIS.ask(redis -> redis.exists("gleaner:job:" + id)) == 1);
            String hits =
                    "gleaner_cache_requests_total{cache=\"job\",level=\"l2\",outcome=\"hit\"}";
            double before = metric(OTHER, hits);
            assertThat(OTHER.awaitEnd(job)).isEqualTo(ended);
            assertThat(metric(OTHER, hits)).isEqualTo(before + 1);
            OTHER.awaitEnd(job);
            assertThat(metric(OTHER, hits)).isEqualTo(before + 1);
        }
    }

    @Test
    void withoutRedisEverythingGoesOn() throws Exception {
        try (var site = new SpreadSite(PAGES, page -> {})) {
            REDIS.kill();
            for (int i = 0; i < 20; i++) {
                OTHER.awaitEnd(one.submit("{\"urls\": [\"%s\"]}".formatted(site.url(i))));
            }
            String crawl = one.submit(site.crawl());
            OTHER.assertComplete(crawl, site.urls());
            REDIS.restart();
            for (ServiceProcess process : all()) {
                await().until(() -> metric(process, "gleaner_redis_up") == 1);
            }
        }
    }

    private static double metric(ServiceProcess process, String name) throws Exception {
        return process.send(process.request("/metrics"))
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(-1);
    }
}
