package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.testing.Edition;
import io.gleaner.testing.Patience;
import io.gleaner.testing.TestSite;
import java.net.http.HttpRequest.BodyPublishers;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** A schedule of the real service that is killed when a run is due. */
final class KilledScheduleIT extends RestartedService {

    private static final int KILLS = 2;

    @Test
    void scheduleSurvivesAndNoRunIsDoneTwice() throws Exception {
        try (var site = TestSite.start("127.0.27.1")) {
            new Edition(site, "/book/").put("index.html", "Contents", "A book.");
            Map<String, ?> body =
                    Map.of(
                            "name",
                            "book",
                            "every",
                            "720h",
                            "jitter",
                            "0s",
                            "job",
                            Map.of(
                                    "crawl",
                                    Map.of("url", site.url("/book/index.html").toString())));
            var answer =
                    service()
                            .send(
                                    service()
                                            .request("/api/schedules")
                                            .header("Content-Type", "application/json")
                                            .POST(
                                                    BodyPublishers.ofString(
                                                            JsonMapper.shared()
                                                                    .writeValueAsString(body))));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            for (int kill = 1; kill <= KILLS; kill++) {
                makeDue();
                if (kill % 2 == 0) {
                    service().awaitOutput("has begun job");
                }
                kill();
                launch();
                service().awaitReady();
                int runs = kill;
                await().atMost(Patience.LONG)
                        .until(() -> count("schedule_run") == runs && running() == 0);
            }
            assertThat(count("schedule_run WHERE outcome = 'STARTED'")).isEqualTo(KILLS);
            assertThat(count("job")).isEqualTo(KILLS);
            assertThat(count("job JOIN schedule_run ON job_id = job.id")).isEqualTo(KILLS);
            assertThat(count("recrawl")).as("each does the one before again").isEqualTo(KILLS - 1);
            assertThat(count("schedule WHERE due_at > now() + interval '29 days'")).isEqualTo(1);
        }
    }

    private static void makeDue() throws Exception {
        try (Connection connection = database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "UPDATE schedule SET due_at = now() - interval '1 second', start_at = now()");
        }
    }

    private static long running() throws Exception {
        return count("job WHERE state = 'RUNNING'");
    }

    private static long count(String from) throws Exception {
        return database().number("SELECT count(*) FROM " + from);
    }
}
