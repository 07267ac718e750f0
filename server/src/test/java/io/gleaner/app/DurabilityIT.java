package io.gleaner.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is left of the work when the real service is killed or told to stop in the middle of it. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(180)
final class DurabilityIT {

    private static final int PAGES = 2_000;
    private static final int KILLS = 10;
    private static final int PAGES_PER_LIFE = 180;
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final List<String> QUICK_START =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

    // One folder for all tests, since making a database takes longer than most of them; their jobs
    // do not touch each other.
    @TempDir private static Path data;

    private volatile ServiceProcess service;

    /** With one attempt for each URL, so that a stop that cost one would show as a fault. */
    @BeforeEach
    void start() throws InterruptedException {
        launch();
        service.awaitReady();
    }

    private void launch(String... flags) {
        var all = new ArrayList<>(List.of("--attempts", "1"));
        all.addAll(List.of(flags));
        service = ServiceProcess.launch(data, QUICK_START, all);
    }

    @AfterEach
    void leaveNothingRunning() throws Exception {
        service.close();
        if (LeftDatabase.isIn(data)) {
            ProcessHandle.of(LeftDatabase.in(data).pid())
                    .ifPresent(
                            server -> {
                                server.destroyForcibly();
                                server.onExit().join();
                            });
        }
    }

    @Test
    void tenKillsDuringAJobLoseNothingAndDoubleNothing() throws Exception {
        var killsLeft = new AtomicInteger(KILLS);
        var asked = new AtomicInteger();
        try (var site =
                new SpreadSite(
                        PAGES,
                        page -> {
                            // No life sees more pages than this, so the job outlives the last kill.
                            if (killsLeft.get() > 0 && asked.incrementAndGet() == PAGES_PER_LIFE) {
                                service.kill();
                            }
                        })) {
            String job = service.submit(site.crawl());
            long doneBefore = 0;
            for (int kill = 1; kill <= KILLS; kill++) {
                assertThat(service.awaitExit()).isEqualTo(KILLED);
                LeftDatabase orphan = LeftDatabase.in(data);
                assertThat(orphan.runs()).isTrue();
                Books books = orphan.books(job);
                assertThat(books).matches(Books::balance);
                assertThat(books.state()).isEqualTo("RUNNING");
                assertThat(books.done()).isBetween(doneBefore, (long) PAGES - 1);
                doneBefore = books.done();

                killsLeft.decrementAndGet();
                asked.set(0);
                launch(); // Not awaited: the work goes on, and may be killed, before the API opens.
                service.awaitOutput(" adopted in ");
                assertThat(LeftDatabase.in(data).pid()).isEqualTo(orphan.pid());
            }

            service.awaitReady();
            assertComplete(job, site.urls());
            assertThat(doneBefore).isPositive();
            assertStopsCleanly();
        }
    }

    @Test
    void aJobIsThereOnceItsSubmissionWasAnswered() throws Exception {
        try (var site = new SpreadSite(50, page -> {})) {
            String job = service.submit(site.crawl());
            service.kill();
            assertThat(service.awaitExit()).isEqualTo(KILLED);

            start();
            assertComplete(job, site.urls());
        }
    }

    @Test
    void anUploadThatIsKilledBeforeItsEndLeavesNothing() throws Exception {
        int jobsBefore = jobs();
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), service.uri("/").getPort())) {
            var out = socket.getOutputStream();
            out.write(
                    """
                    POST /api/jobs HTTP/1.1\r
                    Host: 127.0.0.1\r
                    Content-Type: application/x-ndjson\r
                    Content-Length: 200000000\r
                    \r
                    """
                            .getBytes(US_ASCII));
            // Far more than the buffers in between can hold, so most of it has been read.
            for (int chunk = 0; chunk < 20; chunk++) {
                out.write(closedPorts(chunk * 10_000, 10_000).getBytes(US_ASCII));
            }
            service.kill();
            assertThat(service.awaitExit()).isEqualTo(KILLED);
        }

        start();
        assertThat(jobs()).isEqualTo(jobsBefore);
        assertThat(LeftDatabase.in(data).number("SELECT count(*) FROM task")).isZero();
    }

    @Test
    void aSubmissionThatIsKilledInItsTransactionCanBeSentAgain() throws Exception {
        int urls = 100_000;
        String lines = closedPorts(0, urls);
        int jobsBefore = jobs();
        var answer = service.sendAsync(upload(lines));
        LeftDatabase database = LeftDatabase.in(data);
        await().pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                answer.isDone()
                                        || database.number(
                                                        """
                                                        SELECT count(*)
                                                        FROM pg_stat_activity
                                                        WHERE query LIKE '%INSERT INTO task%'
                                                            AND xact_start IS NOT NULL
                                                            AND pid <> pg_backend_pid()
                                                        """)
                                                > 0);
        assertThat(answer).isNotDone();
        service.kill();
        assertThat(service.awaitExit()).isEqualTo(KILLED);

        start();
        assertThat(jobs()).isEqualTo(jobsBefore);
        assertThat(LeftDatabase.in(data).number("SELECT count(*) FROM task")).isZero();
        var again = ServiceProcess.json(service.send(upload(lines)), 202);
        String job = again.path("links").path("self").asString();
        service.send(service.request(job).DELETE());
        Books books = LeftDatabase.in(data).books(job);
        assertThat(books.total()).isEqualTo(urls);
    }

    @Test
    void aSettlementThatIsKilledBetweenItsInsertsAndItsCommitLeavesNothing() throws Exception {
        LeftDatabase database = LeftDatabase.in(data);
        try (var site = new SpreadSite(50, page -> {});
                var hold = HeldUp.at(database, "UPDATE ON job")) {
            String job = service.submit(site.crawl());
            hold.awaitSomebody();
            service.kill();
            assertThat(service.awaitExit()).isEqualTo(KILLED);
            hold.letGo();
            assertThat(database.books(job)).matches(Books::balance);
            assertThat(database.books(job).pages()).isZero();

            start();
            assertComplete(job, site.urls());
        }
    }

    @Test
    void aSubmissionThatIsKilledBetweenItsInsertsAndItsCommitLeavesNothing() throws Exception {
        LeftDatabase database = LeftDatabase.in(data);
        int jobsBefore = jobs();
        try (var hold = HeldUp.at(database, "INSERT ON task")) {
            var answer = service.sendAsync(upload(closedPorts(0, 3)));
            hold.awaitSomebody();
            assertThat(answer).isNotDone();
            service.kill();
            assertThat(service.awaitExit()).isEqualTo(KILLED);
            hold.letGo();

            start();
            assertThat(jobs()).isEqualTo(jobsBefore);
            assertThat(database.number("SELECT count(*) FROM task")).isZero();
        }
    }

    @Test
    void tasksThatWaitForAFetchToEndStayInTheirQueuesWhenTheServiceStops() throws Exception {
        service.terminate();
        assertThat(service.awaitExit()).isZero();
        launch("--concurrency", "2");
        service.awaitReady();
        stopAmidHangingRequests(
                () -> {
                    service.terminate();
                    assertThat(service.awaitExit()).isZero();
                    assertThat(service.output()).noneMatch(line -> line.contains(" ERROR "));
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
            String job = service.submit(site.crawl());
            await().until(() -> waiting.get() > 0);
            service.terminate();
            service.awaitOutput("stopping");
            gate.countDown();
            assertThat(service.awaitExit()).isZero();
            assertNoDatabaseIsLeft();
            assertThat(service.output()).noneMatch(line -> line.contains(" ERROR "));

            start();
            assertComplete(job, site.urls());
            assertThat(IntStream.range(0, pages).map(site::requests)).containsOnly(1);
        }
    }

    @Test
    void aRequestThatOutlastsTheStopCostsNoAttempt() throws Exception {
        stopAmidHangingRequests(
                () -> {
                    service.terminate();
                    assertThat(service.awaitExit()).isZero();
                    assertNoDatabaseIsLeft();
                });
    }

    @Test
    void aSecondTerminationStopsAtOnceAndLosesNothing() throws Exception {
        stopAmidHangingRequests(
                () -> {
                    service.terminate();
                    service.awaitOutput("stopping");
                    service.terminate();
                    assertThat(service.awaitExit()).isEqualTo(TERMINATED);
                    assertThat(LeftDatabase.in(data).runs()).isTrue();
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
            String job = service.submit(site.crawl());
            await().until(() -> waiting.get() > 0);
            stop.stop();
            gate.countDown();

            start();
            assertComplete(job, site.urls());
        }
    }

    /** Every URL exactly once, as content, whether asked over HTTP or in SQL. */
    private void assertComplete(String job, List<String> urls) throws Exception {
        service.assertComplete(job, urls);
        Books books = LeftDatabase.in(data).books(job);
        assertThat(books).matches(Books::balance);
        assertThat(books.done()).isEqualTo(urls.size());
    }

    private void assertStopsCleanly() throws Exception {
        LeftDatabase database = LeftDatabase.in(data);
        service.terminate();
        assertThat(service.awaitExit()).isZero();
        await().until(() -> !database.runs());
        assertNoDatabaseIsLeft();
    }

    private static void assertNoDatabaseIsLeft() {
        assertThat(LeftDatabase.isIn(data)).isFalse();
    }

    private int jobs() throws Exception {
        return service.get("/api/jobs?limit=1000").path("jobs").size();
    }

    private HttpRequest.Builder upload(String lines) {
        return service.request("/api/jobs")
                .header("Content-Type", "application/x-ndjson")
                .header("Idempotency-Key", "durability-" + lines.hashCode())
                .POST(BodyPublishers.ofString(lines));
    }

    /** URLs at which nobody listens, over 250 hosts. */
    private static String closedPorts(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(i -> "http://127.1.0.%d:1/a/long/enough/path/%d".formatted(i % 250, i))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
