package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is left of the work when the real service is told to stop in the middle of it. */
final class StoppedServiceIT extends RestartedService {

    private static final int TERMINATED = 128 + 15;

    @Test
    void tasksThatWaitForAFetchToEndStayInTheirQueuesWhenTheServiceStops() throws Exception {
        service().terminate();
        assertThat(service().awaitExit()).isZero();
        launch("--concurrency", "2");
        service().awaitReady();
        stopAmidHangingRequests(
                () -> {
                    service().terminate();
                    assertThat(service().awaitExit()).isZero();
                    assertThat(service().output()).noneMatch(line -> line.contains(" ERROR "));
                });
    }

    @Test
    void terminationLetsRequestsInFlightEndAndAsksForNoPageTwice() throws Exception {
        int pages = 400;
        var gate = new CountDownLatch(1);
        var asked = new AtomicInteger();
        var waiting = new AtomicInteger();
        try (var site =
                new SpreadSite(
                        pages,
                        page -> {
                            if (asked.incrementAndGet() > pages / 2) {
                                waiting.incrementAndGet();
                                gate.await();
                            }
                        })) {
            String job = service().submit(site.crawl());
            await().until(() -> waiting.get() > 0);
            service().terminate();
            service().awaitOutput("stopping");
            gate.countDown();
            assertThat(service().awaitExit()).isZero();
            assertNoDatabaseIsLeft();
            assertThat(service().output()).noneMatch(line -> line.contains(" ERROR "));

            start();
            assertComplete(job, site.urls());
            assertThat(IntStream.range(0, pages).map(site::requests)).containsOnly(1);
        }
    }

    @Test
    void aRequestThatOutlastsTheStopCostsNoAttempt() throws Exception {
        stopAmidHangingRequests(
                () -> {
                    service().terminate();
                    assertThat(service().awaitExit()).isZero();
                    assertNoDatabaseIsLeft();
                });
    }

    @Test
    void aSecondTerminationStopsAtOnceAndLosesNothing() throws Exception {
        stopAmidHangingRequests(
                () -> {
                    service().terminate();
                    service().awaitOutput("stopping");
                    service().terminate();
                    assertThat(service().awaitExit()).isEqualTo(TERMINATED);
                    assertThat(database().runs()).isTrue();
                });
    }

    private interface Stop {
        void stop() throws Exception;
    }

    /** Requests hang, the service is stopped, they answer the next one, and each has one try. */
    private void stopAmidHangingRequests(Stop stop) throws Exception {
        var gate = new CountDownLatch(1);
        var waiting = new AtomicInteger();
        try (var site =
                new SpreadSite(
                        60,
                        page -> {
                            if (page >= 20) {
                                waiting.incrementAndGet();
                                gate.await();
                            }
                        })) {
            String job = service().submit(site.crawl());
            await().until(() -> waiting.get() > 0);
            stop.stop();
            gate.countDown();

            start();
            assertComplete(job, site.urls());
        }
    }
}
