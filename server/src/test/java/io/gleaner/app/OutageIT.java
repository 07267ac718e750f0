package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.FragileDatabase;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import tools.jackson.databind.JsonNode;

/** The database goes away under a crawl and under requests, and comes back. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
class OutageIT {

    private static final int PAGES = 400;
    private static final int BEFORE = 100;

    /** What the pace gives a host that it does not know yet. */
    private static final int SLOTS_AT_FIRST = 2;

    /** Far above the wait for a connection and its answer, far below what an upload may take. */
    private static final Duration DEADLINE = Duration.ofMinutes(1);

    private static final int REQUESTS = 40;
    private static final String LARGE =
            IntStream.range(0, 100_000)
                    .mapToObj(n -> "http://127.1.0.%d:1/%d\n".formatted(n % 250, n))
                    .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
                    .toString();

    private final FragileDatabase database = new FragileDatabase();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch halfway = new CountDownLatch(1);
    private final Semaphore gate = new Semaphore(BEFORE);
    private final SpreadSite site = new SpreadSite(PAGES, page -> visit());
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final RunningService service = RunningService.patientOn(database.url());

    OutageIT() throws Exception {}

    @AfterEach
    void close() throws Exception {
        gate.release(100 * PAGES);
        service.close();
        clients.close();
        site.close();
        database.close();
    }

    private void visit() throws InterruptedException {
        if (asked.incrementAndGet() > BEFORE) {
            halfway.countDown();
        }
        gate.acquire();
    }

    private interface Blow {
        void fall() throws Exception;
    }

    @Test
    void whileTheDatabaseIsStoppedRequestsAreRefusedAndAfterItsStartAllGoesOn() throws Exception {
        outage(database::stop, database::start);
    }

    @Test
    void whileTheDatabaseIsFrozenRequestsAreRefusedAndAfterTheThawAllGoesOn() throws Exception {
        outage(database::freeze, database::thaw);
    }

    @Test
    void anUploadUnderWayIsRefusedWhenTheDatabaseFreezesAndLeavesNothing() throws Exception {
        Future<HttpResponse<String>> upload = clients.submit(() -> service.upload(LARGE));
        await().pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                upload.isDone()
                                        || database.number(
                                                        """
                                                        SELECT count(*) FROM pg_stat_activity
                                                        WHERE query LIKE '%task-insert-large%'
                                                            AND xact_start IS NOT NULL
                                                            AND pid <> pg_backend_pid()
                                                        """)
                                                > 0);
        assertThat(upload).isNotDone();
        database.freeze();
        long frozenAt = System.nanoTime();
        // Requests notice; the upload itself would have minutes.
        assertThat(service.submission(site.url(0)).statusCode()).isEqualTo(503);
        assertThat(upload.get().statusCode()).isEqualTo(503);
        assertThat(Duration.ofNanos(System.nanoTime() - frozenAt)).isLessThan(DEADLINE);

        database.thaw();
        awaitAccepted();
        await().untilAsserted(
                        () ->
                                assertThat(
                                                database.number(
                                                        "SELECT count(*) FROM task WHERE rank > 9"))
                                        .isZero());
    }

    @Test
    void tasksInHandWhoseJobCannotBeReadMeanwhileGoBackToTheirQueue() throws Exception {
        gate.drainPermits();
        int jobs = 60;
        for (int n = 0; n < jobs; n++) {
            // All on one host, each of a job that is read when its turn comes.
            assertThat(service.submission(site.url(4 * n)).statusCode()).isEqualTo(202);
        }
        await().until(() -> asked.get() == SLOTS_AT_FIRST);
        // One by one, until the queue has given all the others into the same hand.
        await().until(
                        () -> {
                            gate.release();
                            return database.number("SELECT max(cardinality(in_hand)) FROM host")
                                    > 12;
                        });
        database.stop();
        gate.release(100 * PAGES);
        await().until(() -> service.metric("gleaner_db_outage") == 1);
        await().until(() -> service.metric("gleaner_fetches_in_flight") == 0);

        database.start();
        await().until(() -> number("SELECT count(*) FROM job WHERE state = 'COMPLETED'") == jobs);
        assertThat(number("SELECT count(*) FROM page")).isEqualTo(jobs);
    }

    /** -1 when the database cannot be asked just now. */
    private long number(String sql) {
        try {
            return database.number(sql);
        } catch (SQLException e) {
            return -1;
        }
    }

    private void outage(Blow blow, Blow cure) throws Exception {
        String job = service.submit(site.crawl());
        halfway.await();
        blow.fall();
        List<Future<?>> refusals = new ArrayList<>();
        for (int n = 0; n < REQUESTS; n++) {
            boolean asks = n % 2 == 0;
            refusals.add(
                    clients.submit(
                            () -> {
                                assertRefused(asks ? job : null);
                                return null;
                            }));
        }
        for (Future<?> refusal : refusals) {
            refusal.get();
        }
        await().until(() -> service.metric("gleaner_db_outage") == 1);
        double refusedAtOnce = service.metric("gleaner_db_refused_total");
        for (int n = 0; n < REQUESTS; n++) {
            assertRefused(n % 2 == 0 ? job : null);
        }
        // Each without asking the database, so that none waits for it.
        assertThat(service.metric("gleaner_db_refused_total"))
                .isGreaterThanOrEqualTo(refusedAtOnce + REQUESTS);
        gate.release(100 * PAGES);

        cure.fall();
        awaitAccepted();
        assertThat(service.metric("gleaner_db_outage")).isZero();
        Map<String, JsonNode> pages = service.results(job);
        assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(site.urls());
        assertThat(pages.values()).allMatch(page -> page.path("fault").isMissingNode());
        assertThat(database.number("SELECT count(*) FROM page WHERE job_id = " + id(job)))
                .isEqualTo(PAGES);
        assertThat(database.number("SELECT max(seq) FROM page WHERE job_id = " + id(job)))
                .isEqualTo(PAGES);
        await().until(
                        () ->
                                database.number("SELECT count(*) FROM host WHERE in_hand <> '{}'")
                                        == 0);
    }

    private static String id(String job) {
        return "'" + job.substring(job.lastIndexOf('/') + 1) + "'";
    }

    /** A read of a job, or a submission. */
    private void assertRefused(@Nullable String job) throws Exception {
        HttpResponse<String> answer =
                job == null ? service.submission(site.url(0)) : service.answer(job);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    }

    private void awaitAccepted() {
        await().pollInterval(Duration.ofMillis(100))
                .until(() -> service.submission("http://127.0.0.9:1/").statusCode() == 202);
    }
}
