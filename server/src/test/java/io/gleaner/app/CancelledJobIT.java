package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.RobotsMode;
import io.gleaner.testing.TestSite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a host still sees of a job that was cancelled while its tasks are in hand. */
final class CancelledJobIT {

    private static final int URLS = 60;

    /** A look comes several times a second; a starved machine may miss some. */
    private static final int LATE_MAX = 5;

    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void hardlyARequestFollowsThoughTheHandIsFull() throws Exception {
        try (var site = TestSite.start();
                var service = RunningService.patient()) {
            site.robots(RobotsMode.crawlDelay(Duration.ofSeconds(1)));
            String job = service.submit(Map.of("urls", urls(site)));
            await().atMost(LONG).until(() -> made(site) >= 2);
            service.cancel(job);
            requireQuiet(site, service);
        }
    }

    @Test
    void aWorkerOfAnotherProcessStopsToo() throws Exception {
        String database = TestDatabase.shared().freshUrl();
        try (var site = TestSite.start();
                var worker = RunningService.patientOn(database)) {
            site.robots(RobotsMode.crawlDelay(Duration.ofSeconds(1)));
            String job = worker.submit(Map.of("urls", urls(site)));
            await().atMost(LONG).until(() -> made(site) >= 2);
            try (var other = RunningService.patientOn(database)) {
                other.cancel(job);
                requireQuiet(site, other);
            }
        }
    }

    @Test
    void aFetchOnItsWayOverRedirectsGoesNoFurther() throws Exception {
        try (var site = TestSite.start();
                var service = RunningService.patient()) {
            var cancelled = new java.util.concurrent.CountDownLatch(1);
            site.route(
                    "/from",
                    (_, out) -> {
                        cancelled.await();
                        out.header("Location", "/to").status(302);
                    });
            String job = service.submit(Map.of("urls", List.of(site.url("/from").toString())));
            await().atMost(LONG).until(() -> site.requests("/from") == 1);
            service.cancel(job);
            // The next job's tasks are dropped for being cancelled once the worker knows of it.
            await().atMost(LONG).until(() -> service.metric("gleaner_cancelled_jobs") == 1);
            cancelled.countDown();
            await().atMost(LONG).until(() -> service.metric("gleaner_fetches_in_flight") == 0);
            assertThat(site.requests("/to")).isZero();
        }
    }

    private static void requireQuiet(TestSite site, RunningService service) {
        int before = made(site);
        String host = site.url("/").getHost() + ":" + site.port();
        await().atMost(LONG)
                .until(
                        () -> {
                            var queue = service.host(host);
                            return queue.path("backlog").asInt() == 0
                                    && queue.path("leasedBy").isNull();
                        });
        assertThat(made(site) - before).isLessThanOrEqualTo(LATE_MAX);
    }

    private static int made(TestSite site) {
        return (int)
                site.log().stream().filter(request -> request.path().startsWith("/graph/")).count();
    }

    private static List<String> urls(TestSite site) {
        return IntStream.range(0, URLS)
                .mapToObj(i -> site.url("/graph/%d/%d".formatted(URLS, i)).toString())
                .toList();
    }
}
