package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.TestDatabase;
import io.gleaner.testing.TestSite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How many queues a worker takes when there are more than it can serve. */
@Timeout(60)
final class SharedWorkIT {

    private static final int HOSTS = 60;
    private static final int FEW = 4;
    private static final int MORE = 16;
    private static final String IN_FLIGHT = "gleaner_fetches_in_flight";
    private static final String IN_HAND = "gleaner_hosts_in_hand";

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
}
