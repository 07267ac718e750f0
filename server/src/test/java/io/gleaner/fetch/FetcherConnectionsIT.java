package io.gleaner.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.fetch.FetchOutcome.Fetched;
import io.gleaner.testing.TestSite;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connections of fetches: kept for the next one, and timed by phase. */
class FetcherConnectionsIT {

    private static TestSite site;

    @BeforeAll
    static void start() {
        site = TestSite.start();
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    @Test
    void itTellsHowLongEachPhaseTook() throws Exception {
        var registry = new SimpleMeterRegistry();
        site.route(
                "/takes-its-time",
                (request, out) -> {
                    out.pause(Duration.ofMillis(60));
                    out.html("<p>hello");
                });
        try (var timed =
                new Fetcher(
                        FetchConfig.standard(),
                        new AddressGuard(AddressPolicy.allowing("127.0.0.1/32")),
                        registry)) {
            for (int n = 0; n < 2; n++) {
                timed.fetch(
                        FetcherIT.request(site.url("/takes-its-time"), Map.of()), HopGate.open());
            }
        }
        assertThat(registry.get("gleaner.fetch.phase").tag("phase", "connect").timer().count())
                .isEqualTo(1);
        assertThat(registry.get("gleaner.fetch.phase").tag("phase", "body").timer().count())
                .isEqualTo(2);
        assertThat(
                        registry.get("gleaner.fetch.phase")
                                .tag("phase", "first_byte")
                                .timer()
                                .totalTime(TimeUnit.MILLISECONDS))
                .isGreaterThan(115);
    }

    @Test
    void asManyConnectionsAsWereInUseAtOnceWaitForTheNextRequests() throws Exception {
        int atOnce = 16;
        var allHere = new CyclicBarrier(atOnce);
        site.route(
                "/together",
                (request, out) -> {
                    await(allHere);
                    out.html("<p>hello");
                });
        var registry = new SimpleMeterRegistry();
        try (var kept =
                        new Fetcher(
                                FetchConfig.standard(),
                                new AddressGuard(AddressPolicy.allowing("127.0.0.1/32")),
                                registry);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<FetchOutcome> fetch =
                    () ->
                            kept.fetch(
                                    FetcherIT.request(site.url("/together"), Map.of()),
                                    HopGate.open());
            for (int round = 0; round < 3; round++) {
                for (var outcome : threads.invokeAll(Collections.nCopies(atOnce, fetch))) {
                    assertThat(outcome.get()).isInstanceOf(Fetched.class);
                }
            }
        }
        assertThat(registry.get("gleaner.fetch.phase").tag("phase", "connect").timer().count())
                .isEqualTo(atOnce);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
