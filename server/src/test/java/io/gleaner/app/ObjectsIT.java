package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.bodies.Leftovers;
import io.gleaner.database.Database;
import io.gleaner.database.DatabaseUrl;
import io.gleaner.objects.ObjectStore;
import io.gleaner.objects.TestObjects;
import io.gleaner.postgres.TestDatabase;
import io.gleaner.store.Days;
import io.gleaner.store.objects.ObjectSpace;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.channels.Channels;
import java.time.Duration;
import java.time.InstantSource;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.netpreserve.jwarc.WarcReader;
import org.netpreserve.jwarc.WarcResponse;
import tools.jackson.databind.JsonNode;

/** A service that keeps the large parts of pages in an object store, which goes away meanwhile. */
@Timeout(300)
class ObjectsIT {

    private static final int PAGES = 60;
    private static final int BEFORE = 15;

    private final TestObjects objects = new TestObjects();
    private final String url = TestDatabase.shared().freshUrl();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch halfway = new CountDownLatch(1);
    private final Semaphore gate = new Semaphore(10 * PAGES);
    private final SpreadSite site = new SpreadSite(PAGES, page -> visit());
    private RunningService service = RunningService.keepingBodiesIn(objects.config(), url);

    ObjectsIT() throws Exception {}

    @AfterEach
    void close() throws Exception {
        gate.release(100 * PAGES);
        service.close();
        site.close();
        objects.close();
    }

    private void visit() throws InterruptedException {
        if (asked.incrementAndGet() > BEFORE) {
            halfway.countDown();
        }
        gate.acquire();
    }

    private String archived() {
        return site.crawl().replace("{\"crawl\"", "{\"warc\": true, \"crawl\"");
    }

    private static long responses(byte[] warc) throws Exception {
        try (var reader = new WarcReader(Channels.newChannel(new ByteArrayInputStream(warc)))) {
            return reader.records().filter(record -> record instanceof WarcResponse).count();
        }
    }

    @Test
    void bodiesLieInTheBucketAreExportedFromThereAndGoWithTheirJob() throws Exception {
        String job = service.submit(archived());
        assertThat(service.results(job)).hasSize(PAGES);
        assertThat(number("SELECT count(*) FROM capture WHERE content IS NULL")).isEqualTo(PAGES);
        assertThat(number("SELECT count(*) FROM capture WHERE content IS NOT NULL")).isZero();
        assertThat(objects.keys()).hasSize(PAGES).allMatch(key -> key.contains(id(job)));
        assertThat(responses(service.bytes(job + "/export?format=warc"))).isEqualTo(PAGES);

        dropAllJobs();
        service.close();
        service = RunningService.keepingBodiesIn(objects.config(), url);
        await().untilAsserted(() -> assertThat(objects.keys()).isEmpty());
    }

    @Test
    void aPictureIsAsItWasTakenAndGoesWithItsJob() throws Exception {
        String job =
                service.submit(
                        Map.of(
                                "urls",
                                List.of(site.url(0)),
                                "render",
                                "always",
                                "timeout",
                                "60s",
                                "screenshot",
                                Map.of()));
        JsonNode page = service.results(job).get(site.url(0));
        assertThat(objects.keys()).as(String.valueOf(page)).hasSize(1);
        byte[] picture = service.bytes(job + "/pages/1/screenshot");
        assertThat(picture).startsWith(0x89, 'P', 'N', 'G');

        objects.stop();
        await().untilAsserted(() -> assertUnavailable(service.answer(job + "/pages/1/screenshot")));
        objects.start();
        await().until(() -> service.answer("/health/ready").statusCode() == 200);
        assertThat(service.bytes(job + "/pages/1/screenshot")).isEqualTo(picture);
    }

    @Test
    void whileTheStoreIsAwayPagesWaitWithNoAttemptLostAndOtherJobsGoOn() throws Exception {
        gate.drainPermits();
        gate.release(BEFORE);
        String job = service.submit(archived());
        halfway.await();
        objects.stop();
        gate.release(10 * PAGES);
        await().until(() -> service.metric("gleaner_objects_outage") == 1);
        HttpResponse<String> ready = service.answer("/health/ready");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body())
                .contains("the object store cannot be used", "bucket pages at 127.0.0.1:");
        await().untilAsserted(() -> assertUnavailable(service.answer(job + "/export?format=warc")));
        long before = number("SELECT done FROM job WHERE id = '" + id(job) + "'");

        // Of a job that keeps no bodies nothing waits.
        String light = service.submit(Map.of("urls", List.of(site.url(1), site.url(2))));
        assertThat(service.results(light)).hasSize(2);
        assertThat(number("SELECT done FROM job WHERE id = '" + id(job) + "'"))
                .isEqualTo(before)
                .isLessThan(PAGES);

        objects.start();
        Map<String, JsonNode> pages = service.results(job);
        assertThat(pages.keySet()).containsExactlyInAnyOrderElementsOf(site.urls());
        assertThat(pages.values()).allMatch(page -> page.path("fault").isMissingNode());
        for (int page = 3; page < PAGES; page++) {
            assertThat(site.requests(page)).as("requests for page %d", page).isEqualTo(1);
        }
        assertThat(responses(service.bytes(job + "/export?format=warc"))).isEqualTo(PAGES);
        assertThat(service.answer("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void jobsThatAreDroppedWhileTheStoreIsAwayLeaveNothingInTheEnd() throws Exception {
        String job = service.submit(archived());
        service.results(job);
        objects.stop();
        dropAllJobs();
        service.close();
        // It starts without the store, and says so.
        service = RunningService.keepingBodiesIn(objects.config(), url);
        assertThat(service.metric("gleaner_objects_outage")).isBetween(0.0, 1.0);
        String next = service.submit(archived());
        objects.start();
        assertThat(service.results(next)).hasSize(PAGES);

        var metrics = new SimpleMeterRegistry();
        try (Database database = Database.open(DatabaseUrl.parse(url), metrics);
                ObjectStore store = store(database)) {
            var space = new ObjectSpace(database.maintenance());
            int gone = new Leftovers(store, space::known).delete(() -> true);
            assertThat(gone).isBetween(0, PAGES);
        }
        assertThat(objects.keys()).hasSize(PAGES).allMatch(key -> key.contains(id(next)));
    }

    private ObjectStore store(Database database) {
        return ObjectStore.open(
                objects.config(),
                new ObjectSpace(database.maintenance()).id(),
                new SimpleMeterRegistry());
    }

    /** As retention does when all of their days are over. */
    private void dropAllJobs() {
        try (Database database = Database.open(DatabaseUrl.parse(url), new SimpleMeterRegistry())) {
            var later = InstantSource.offset(InstantSource.system(), Duration.ofDays(40));
            assertThat(new Days(database.maintenance(), later).forget(Period.ofDays(30)))
                    .isPositive();
        }
    }

    private long number(String sql) {
        try (Database database = Database.open(DatabaseUrl.parse(url), new SimpleMeterRegistry())) {
            return database.maintenance()
                    .single("test", handle -> handle.createQuery(sql).mapTo(Long.class).one());
        }
    }

    private static String id(String job) {
        return job.substring(job.lastIndexOf('/') + 1);
    }

    private static void assertUnavailable(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).contains("object store");
    }
}
