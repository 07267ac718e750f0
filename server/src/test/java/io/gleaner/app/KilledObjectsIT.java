package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.objects.TestObjects;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is in the bucket when the real service is killed between an object and its row. */
final class KilledObjectsIT extends RestartedService {

    private static final int PAGES = 300;
    private static final int KILLS = 4;
    private static final int PAGES_PER_LIFE = 60;

    private final TestObjects objects = new TestObjects();

    KilledObjectsIT() throws Exception {}

    @Override
    Map<String, String> environment() {
        return objects.environment();
    }

    @AfterEach
    void close() throws Exception {
        objects.close();
    }

    @Test
    void killsLoseNoBodyAndWhatTheyLeaveGoesWithTheJob() throws Exception {
        var killsLeft = new AtomicInteger(KILLS);
        var asked = new AtomicInteger();
        try (var site =
                new SpreadSite(
                        PAGES,
                        page -> {
                            if (killsLeft.get() > 0 && asked.incrementAndGet() == PAGES_PER_LIFE) {
                                service().kill();
                            }
                        })) {
            String job =
                    service()
                            .submit(
                                    site.crawl()
                                            .replace("{\"crawl\"", "{\"warc\": true, \"crawl\""));
            for (int kill = 1; kill <= KILLS; kill++) {
                assertThat(service().awaitExit()).isEqualTo(KILLED);
                killsLeft.decrementAndGet();
                asked.set(0);
                launch(); // Not awaited: the work goes on, and may be killed, before the API opens.
                service().awaitOutput(" adopted in ");
            }
            service().awaitReady();
            assertComplete(job, site.urls());
            String id = job.substring(job.lastIndexOf('/') + 1);
            assertThat(objects.keys()).hasSizeGreaterThanOrEqualTo(PAGES);
            try (var connection = database().connect();
                    var rows =
                            connection
                                    .createStatement()
                                    .executeQuery(
                                            "SELECT object FROM capture WHERE job_id = '%s'"
                                                    .formatted(id))) {
                var keys = String.join("\n", objects.keys());
                int found = 0;
                while (rows.next()) {
                    assertThat(keys).contains(id + "/" + rows.getString(1));
                    found++;
                }
                assertThat(found).isEqualTo(PAGES);
            }

            try (var connection = database().connect()) {
                connection.createStatement().execute("DELETE FROM job");
            }
            kill();
            start();
            await().untilAsserted(() -> assertThat(objects.keys()).isEmpty());
        }
    }
}
