package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.DocumentTable;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is asked wrong is said at once, as the document has it. */
class WrongRequestsIT {

    /** Of a machine that others use too; on an idle one it is two seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    @Test
    void wrongRequestsAreAnsweredAsTheDocumentHasIt() throws Exception {
        List<List<String>> rows = DocumentTable.below("API", "wrong-usage.md");
        assertThat(rows).hasSizeGreaterThan(12);
        var softly = new SoftAssertions();
        try (var service = RunningService.patient();
                var client = HttpClient.newHttpClient()) {
            for (List<String> row : rows) {
                String[] words = row.getFirst().split(" ", -1);
                String body = row.get(1);
                HttpRequest request =
                        HttpRequest.newBuilder(URI.create(service.url() + words[1]))
                                .header("Content-Type", "application/json")
                                .method(
                                        words[0],
                                        body.isEmpty()
                                                ? BodyPublishers.noBody()
                                                : BodyPublishers.ofString(body))
                                .build();
                long began = System.nanoTime();
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                var took = Duration.ofNanos(System.nanoTime() - began);
                JsonNode problem = JsonMapper.shared().readTree(answer.body());
                softly.assertThat(answer.statusCode() + " " + problem.path("code").asString(""))
                        .as(row + " " + answer.body())
                        .isEqualTo(row.get(2) + " " + row.get(3));
                softly.assertThat(problem.path("detail").asString("")).contains(row.get(4));
                softly.assertThat(took).as(row.toString()).isLessThan(LONGEST);
            }
        }
        softly.assertAll();
    }
}
