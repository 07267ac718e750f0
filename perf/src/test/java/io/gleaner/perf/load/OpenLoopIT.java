package io.gleaner.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenLoopIT {

    /** For a busy machine: what is awaited comes, and nothing is dropped that is to be sent. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static final Duration STALL = Duration.ofMillis(600);

    /** Nothing but time passes. */
    private static void wait(Duration time) throws InterruptedException {
        var _ = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static OpenLoop loop(double rate, Duration duration, int connections) {
        return new OpenLoop(
                Arrivals.Shape.CONSTANT,
                rate,
                duration,
                connections,
                Duration.ofMillis(200),
                Duration.ofMillis(500),
                1);
    }

    @Test
    void aServerThatStallsOnceShowsInThePercentiles() throws Exception {
        // From its 200th request on the server is still for 600 ms, for all connections.
        long[] stallEnd = {0};
        try (var server =
                ScriptedServer.start(
                        n -> {
                            if (n == 200) {
                                stallEnd[0] = System.nanoTime() + STALL.toNanos();
                            }
                            long left = n < 200 ? 0 : stallEnd[0] - System.nanoTime();
                            wait(Duration.ofNanos(Math.max(0, left)));
                            return ScriptedServer.HELLO;
                        })) {
            var patient =
                    new OpenLoop(
                            Arrivals.Shape.CONSTANT,
                            500,
                            Duration.ofSeconds(2),
                            8,
                            PATIENCE,
                            PATIENCE,
                            1);
            LoadResult result = patient.run(server.target(), new Hello());
            // 300 of 1,000 requests were meant to be sent during the stall. Eight were, and a
            // driver
            // that counts from its sends would find eight slow ones.
            assertThat(result.accepted()).isBetween(990L, 1_001L);
            assertThat(result.latency().p90Ms()).isGreaterThan(300);
            assertThat(result.latency().maxMs()).isGreaterThan(550);
            assertThat(result.latency().p50Ms()).isLessThan(result.latency().p90Ms());
        }
    }

    @Test
    void latencyCountsFromTheIntendedTimeAlsoWhenTheSendWasLate() throws Exception {
        // One connection and 50 ms an answer, asked for 100/s: all but the first wait for it.
        try (var server =
                ScriptedServer.start(
                        n -> {
                            wait(Duration.ofMillis(50));
                            return ScriptedServer.HELLO;
                        })) {
            LoadResult result =
                    loop(100, Duration.ofSeconds(1), 1).run(server.target(), new Hello());
            assertThat(result.lateOver10Ms()).isGreaterThan(5);
            assertThat(result.lateOver1Ms()).isGreaterThanOrEqualTo(result.lateOver10Ms());
            assertThat(result.latency().maxMs()).isGreaterThan(200);
            assertThat(result.dropped()).isGreaterThan(50);
            assertThat(result.sent() + result.dropped()).isBetween(98L, 101L);
            assertThat(result.sent()).isEqualTo(server.requests());
        }
    }

    @Test
    void whatIsNeverAnsweredCountsAsSuch() throws Exception {
        try (var server =
                ScriptedServer.start(
                        n -> {
                            wait(Duration.ofMinutes(1));
                            return ScriptedServer.HELLO;
                        })) {
            LoadResult result =
                    loop(100, Duration.ofMillis(300), 4).run(server.target(), new Hello());
            assertThat(result.unanswered()).isEqualTo(4);
            assertThat(result.accepted()).isZero();
            assertThat(result.dropped()).isGreaterThan(15);
            assertThat(result.latency().count()).isEqualTo(4);
        }
    }

    @Test
    void brokenConnectionsAreCountedAndReplaced() throws Exception {
        try (var server = ScriptedServer.start(n -> n % 10 == 9 ? "" : ScriptedServer.HELLO)) {
            var patient =
                    new OpenLoop(
                            Arrivals.Shape.CONSTANT,
                            200,
                            Duration.ofSeconds(1),
                            4,
                            PATIENCE,
                            PATIENCE,
                            1);
            LoadResult result = patient.run(server.target(), new Hello());
            assertThat(result.failed()).isBetween(18L, 21L);
            assertThat(result.accepted() + result.failed()).isEqualTo(result.sent());
            assertThat(result.dropped()).isZero();
        }
    }

    @Test
    void answersOfAnotherStatusAreRefusals() throws Exception {
        try (var server =
                ScriptedServer.start(
                        n -> "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n")) {
            LoadResult result =
                    loop(100, Duration.ofMillis(300), 4).run(server.target(), new Hello());
            assertThat(result.accepted()).isZero();
            assertThat(result.refused()).isEqualTo(result.sent());
            assertThat(result.statuses()).containsEntry(503, result.sent());
            assertThat(result.lost()).isEqualTo(result.sent());
        }
    }
}
