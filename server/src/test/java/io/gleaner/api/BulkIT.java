package io.gleaner.api;

import static io.gleaner.api.ApiFixture.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.api.ApiFixture.Answer;
import io.gleaner.store.SubmitConfig;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Large submissions, and too many. */
final class BulkIT {

    private static ApiFixture api;

    @BeforeAll
    static void start() {
        api = new ApiFixture(ApiFixture.CONFIG);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void anUploadOfLinesIsOneJob() throws Exception {
        String lines =
                IntStream.range(0, 25_000)
                        .mapToObj(i -> "https://lines.example/" + i)
                        .collect(Collectors.joining("\n"));

        Answer submitted =
                api.send(
                        api.request("/api/jobs")
                                .POST(BodyPublishers.ofString(lines))
                                .header("Content-Type", "application/x-ndjson; charset=utf-8"));

        assertThat(submitted.status()).isEqualTo(202);
        assertThat(submitted.json().path("total").asInt()).isEqualTo(25_000);
        assertThat(api.delete(submitted.header("Location")).text("state")).isEqualTo("cancelled");
    }

    @Test
    void aHundredThousandUrlsFitIntoOneBody() throws Exception {
        var urls =
                IntStream.range(0, 100_000)
                        .mapToObj(i -> "https://many" + i % 100 + ".example/page/" + i)
                        .toList();
        String body = JSON.writeValueAsString(Map.of("urls", urls));

        Answer submitted = api.post("/api/jobs", body);

        assertThat(submitted.status()).isEqualTo(202);
        assertThat(submitted.json().path("total").asInt()).isEqualTo(100_000);
        assertThat(api.delete(submitted.header("Location")).status()).isEqualTo(200);
    }

    @Test
    void aFullBacklogRefusesAndSaysWhenToComeBack() throws Exception {
        try (var full =
                new ApiFixture(ApiFixture.CONFIG, SubmitConfig.standard().withBacklogMax(0))) {
            Answer refused = full.post("/api/jobs", "{\"urls\": [\"https://a.example/\"]}");

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.text("code")).isEqualTo("backlog_full");
            assertThat(refused.header("Retry-After")).matches("[1-9][0-9]*");
        }
    }
}
