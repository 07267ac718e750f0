package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.RawResponse;
import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.TestSite;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * A host whose answers are longer than they say: what is stored for a URL is its own page or a
 * fault, never another's.
 */
class SurplusBytesServiceIT {

    private static final int PAGES = 40;

    @ParameterizedTest
    @ValueSource(strings = {"all", "some", "apart"})
    void everyPageIsStoredWithItsOwnContent(String which) throws Exception {
        try (TestSite site = TestSite.start();
                RunningService service = RunningService.patient()) {
            site.route("/page/*", (request, out) -> answer(which, request, out));
            List<String> urls =
                    IntStream.range(0, PAGES)
                            .mapToObj(n -> site.url("/page/" + n).toString())
                            .toList();
            Map<String, JsonNode> results =
                    service.results(
                            service.submit(Map.of("urls", urls, "formats", List.of("text"))));
            for (int n = 0; n < PAGES; n++) {
                JsonNode page = requireNonNull(results.get(urls.get(n)));
                assertThat(page.path("text").asString()).as("%s", page).isEqualTo("page " + n);
            }
        }
    }

    private static void answer(String which, RecordedRequest request, RawResponse out)
            throws IOException {
        String own = "<p>page " + request.number(1);
        if (which.equals("some") && request.number(1) % 3 != 0) {
            out.html(own);
        } else if (which.equals("apart")) {
            out.exactly(whole(own));
            out.exactly(whole("<p>another's"));
        } else {
            out.exactly(whole(own) + whole("<p>another's"));
        }
    }

    private static String whole(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body);
    }
}
