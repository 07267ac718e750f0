package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.testing.RobotsMode;
import io.gleaner.testing.TestSite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A job that waits says for which host and why, and the host says the same. */
class WaitingIT {

    /** Long enough to be seen, and over what a worker waits with the queue in hand. */
    private static final Duration BACKOFF = Duration.ofSeconds(20);

    private static RunningService service;

    @BeforeAll
    static void start() {
        service = RunningService.start(RunningService.limits(256, 1_000, 1, BACKOFF));
    }

    @AfterAll
    static void close() {
        service.close();
    }

    @Test
    void shortCrawlDelayIsWaitedForWithTheQueueInHand() throws Exception {
        try (TestSite site = TestSite.start()) {
            site.robots(RobotsMode.crawlDelay(Duration.ofSeconds(1)));
            String job = submit(service, site, "/about.html", 8);

            JsonNode waiting = waits(service, job, site, "its crawl delay of PT1S runs");

            assertThat(until(waiting)).isBefore(Instant.now().plusSeconds(2));
            JsonNode host = service.host(name(site));
            assertThat(host.path("delay").asString()).isEqualTo("PT1S");
            assertThat(host.path("leasedBy").isNull()).isFalse();
        }
    }

    @Test
    void longCrawlDelayIsWaitedForInTheDatabase() throws Exception {
        try (TestSite site = TestSite.start()) {
            site.robots(RobotsMode.crawlDelay(Duration.ofSeconds(30)));
            Instant before = Instant.now();
            String job = submit(service, site, "/about.html", 3);

            JsonNode waiting = waits(service, job, site, "its crawl delay of PT30S runs");

            assertThat(until(waiting)).isAfter(before.plusSeconds(29));
            assertThat(waiting.path("backlog").asInt()).isEqualTo(2);
        }
    }

    @Test
    void hostThatThrottlesSaysUntilWhen() throws Exception {
        try (TestSite site = TestSite.start()) {
            site.route("/busy", (_, out) -> out.header("Retry-After", "60").status(429));
            Instant before = Instant.now();
            String job = submit(service, site, "/busy", 2);

            JsonNode waiting = waits(service, job, site, "429");

            assertThat(until(waiting))
                    .isBetween(before.plusSeconds(59), Instant.now().plusSeconds(61));
        }
    }

    @Test
    void hostThatFailsSaysWithWhat() throws Exception {
        try (TestSite site = TestSite.start()) {
            String job = submit(service, site, "/status/500", 4);
            JsonNode waiting = waits(service, job, site, "the host answered 5xx");
            assertThat(until(waiting)).isAfter(Instant.now().plusSeconds(5));
        }
    }

    @Test
    void unreachableRobotsTxtIsNamed() throws Exception {
        var patient = RunningService.limits(256, 1_000, 1, BACKOFF);
        try (TestSite site = TestSite.start();
                RunningService standard =
                        RunningService.start(
                                new Limits(
                                        patient.worker(),
                                        Limits.of(Settings.defaults()).politeness(),
                                        patient.fetch()))) {
            site.robots(RobotsMode.ERROR_500);
            String job = submit(standard, site, "/about.html", 1);
            waits(standard, job, site, "robots.txt could not be read");
        }
    }

    @Test
    void slowRobotsTxtIsNamed() throws Exception {
        var answer = new CountDownLatch(1);
        try (TestSite site = TestSite.start()) {
            site.route(
                    "/robots.txt",
                    (_, out) -> {
                        answer.await();
                        out.status(404);
                    });
            String job = submit(service, site, "/about.html", 1);
            waits(service, job, site, "its robots.txt has not been read yet");
            answer.countDown();
            assertThat(service.results(job)).hasSize(1);
        }
    }

    @Test
    void slotsOfTheHostAreNamed() throws Exception {
        var answer = new CountDownLatch(1);
        try (TestSite site = held(answer)) {
            String job = submit(service, site, "/held", 3);
            waits(service, job, site, "all of its slots are in use: 1");
            answer.countDown();
        }
    }

    @Test
    void fetchesOfTheWorkerAreNamed() throws Exception {
        var answer = new CountDownLatch(1);
        var limits = RunningService.limits(1, 1_000, 1, BACKOFF);
        try (TestSite busy = held(answer);
                TestSite other = TestSite.start();
                RunningService narrow = RunningService.start(limits)) {
            submit(narrow, busy, "/held", 1);
            await().until(() -> busy.requests("/held") > 0);
            String job = submit(narrow, other, "/about.html", 2);
            waits(narrow, job, other, "every fetch that may run at once is running");
            answer.countDown();
            assertThat(narrow.results(job)).hasSize(2);
        }
    }

    @Test
    void queueThatNoWorkerHasRoomForSaysSo() throws Exception {
        var answer = new CountDownLatch(1);
        var limits = RunningService.limits(256, 1, 1, BACKOFF);
        try (TestSite busy = held(answer);
                TestSite other = TestSite.start();
                RunningService narrow = RunningService.start(limits)) {
            submit(narrow, busy, "/held", 1);
            await().until(() -> busy.requests("/held") > 0);
            String job = submit(narrow, other, "/about.html", 1);
            waits(narrow, job, other, "no worker was free for it yet");
            answer.countDown();
            assertThat(narrow.results(job)).hasSize(1);
        }
    }

    @Test
    void jobThatNothingHoldsUpSaysNothing() throws Exception {
        try (TestSite site = TestSite.start()) {
            String job = submit(service, site, "/about.html", 2);
            assertThat(service.results(job)).hasSize(2);
            assertThat(service.get(job).path("waiting").size()).isZero();
            assertThat(service.host(name(site)).path("why").asString())
                    .isEqualTo("Nothing is queued for this host.");
        }
    }

    /** Awaits the reason in the status of the job and in the view of the host. */
    private static JsonNode waits(RunningService at, String job, TestSite site, String reason) {
        await().untilAsserted(
                        () ->
                                assertThat(at.host(name(site)).path("why").asString())
                                        .startsWith("It waits")
                                        .contains(reason));
        return await().until(
                        () -> at.get(job).at("/waiting/0"),
                        waiting ->
                                waiting.path("host").asString().equals(name(site))
                                        && waiting.path("reason").asString().contains(reason));
    }

    /** A site whose {@code /held} answers when the latch opens. */
    private static TestSite held(CountDownLatch answer) {
        return TestSite.start()
                .route(
                        "/held",
                        (_, out) -> {
                            answer.await();
                            out.html("<p>At last</p>");
                        });
    }

    private static String submit(RunningService at, TestSite site, String path, int urls)
            throws Exception {
        List<String> list = new ArrayList<>();
        for (int i = 0; i < urls; i++) {
            list.add(site.url(path + "?" + i).toString());
        }
        return at.submit(Map.of("urls", list));
    }

    private static Instant until(JsonNode waiting) {
        return Instant.parse(waiting.path("until").asString());
    }

    private static String name(TestSite site) {
        return site.url("/").getAuthority();
    }
}
