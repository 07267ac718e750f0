package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.TestSite;
import io.gleaner.worker.WorkerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * How many queues a worker takes when there are more than it can serve, and how it hears of them.
 */
@Timeout(300)
final class SharedWorkIT {

    private static final int HOSTS = 60;
    private static final int FEW = 4;
    private static final int MORE = 16;
    private static final String IN_FLIGHT = "gleaner_fetches_in_flight";
    private static final String IN_HAND = "gleaner_hosts_in_hand";
    private static final int SUBMISSIONS = 3;

    @Test
    void aWorkerWithEnoughToDoLeavesTheOtherQueuesToOthers() throws Exception {
        String database = TestDatabase.shared().freshUrl();
        var gate = new CountDownLatch(1);
        try (var site = TestSite.start("0.0.0.0");
                var small =
                        RunningService.startOn(
                                RunningService.limits(FEW, 1_000, 8, Duration.ofMillis(200)),
                                database)) {
            site.route(
                    "/slow",
                    (request, out) -> {
                        gate.await();
                        out.text("slow");
                    });
            List<String> urls =
                    IntStream.rangeClosed(1, HOSTS)
                            .mapToObj(i -> "http://127.5.0.%d:%d/slow".formatted(i, site.port()))
                            .toList();
            String job = small.submit(Map.of("urls", urls));
            // As many fetches as it may have, and as many queues that wait for the next ones.
            await().until(() -> small.metric(IN_FLIGHT) == FEW && small.metric(IN_HAND) == 2 * FEW);
            try (var large =
                    RunningService.startOn(
                            RunningService.limits(MORE, 1_000, 8, Duration.ofMillis(200)),
                            database)) {
                await().until(
                                () ->
                                        large.metric(IN_FLIGHT) == MORE
                                                && large.metric(IN_HAND) == 2 * MORE);
                assertThat(small.metric(IN_HAND)).isEqualTo(2 * FEW);
                gate.countDown();
                assertThat(small.results(job)).hasSize(HOSTS);
            }
        }
    }

    /** It would not look by itself before the test is given up. */
    @Test
    void anIdleWorkerIsToldOfWorkThatAnotherProcessTook() throws Exception {
        String database = TestDatabase.shared().freshUrl();
        Limits limits = RunningService.limits(FEW, 1_000, 8, Duration.ofMillis(200));
        try (var api = RunningService.startAs(Set.of(Role.API), limits, database);
                var worker =
                        RunningService.startAs(
                                Set.of(Role.WORKER),
                                polling(limits, Duration.ofHours(1)),
                                database)) {
            await().until(() -> worker.metric(IN_HAND) == 0);
            for (int i = 1; i <= SUBMISSIONS; i++) {
                try (TestSite site = TestSite.start("127.0.1." + i)) {
                    String url = site.url("/about.html").toString();
                    assertThat(api.results(api.submit(Map.of("urls", List.of(url))))).hasSize(1);
                }
            }
        }
    }

    private static Limits polling(Limits limits, Duration poll) {
        WorkerConfig worker = limits.worker();
        return new Limits(
                new WorkerConfig(
                        worker.concurrency(),
                        worker.hostsMax(),
                        worker.tasksEach(),
                        worker.attemptsMax(),
                        worker.refusalsMax(),
                        worker.holdMax(),
                        worker.quantum(),
                        worker.failurePatience(),
                        worker.throttlePatience(),
                        worker.bugPause(),
                        poll,
                        worker.heartbeat(),
                        worker.staleAfter(),
                        worker.drain()),
                limits.politeness(),
                limits.fetch());
    }
}
