package io.gleaner.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.RecordedRequest;
import io.gleaner.testing.TestSite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Pages to which their host always says "later", among others that it answers. */
final class ThrottledPageIT {

    private static final int GOOD = 40;

    /** Requests that begin one after the other may arrive in another order. */
    private static final int SLOTS = 8;

    /** With a host that says nothing but "later". */
    private static final Duration PATIENCE = Duration.ofHours(1);

    @ParameterizedTest
    @CsvSource({"429, true, 1", "503, true, 3", "429, false, 1", "503, false, 3"})
    void theyGoBehindTheOthersAndComeToFaults(int status, boolean saysWhen, int bad)
            throws Exception {
        Limits limits = RunningService.limits(16, 1_000, SLOTS, Duration.ofMillis(200), PATIENCE);
        int refusals = limits.worker().refusalsMax();
        try (var site = TestSite.start();
                var service = RunningService.start(limits)) {
            site.route(
                    "/busy/*",
                    (_, out) -> {
                        if (saysWhen) {
                            out.header("Retry-After", "1");
                        }
                        out.status(status);
                    });
            Map<String, JsonNode> results =
                    service.results(service.submit(Map.of("urls", urls(site, bad))));

            List<String> paths = site.log().stream().map(RecordedRequest::path).toList();
            for (int i = 0; i < bad; i++) {
                String busy = "/busy/" + i;
                // One more when the first came before the host had answered anything.
                assertThat(paths.stream().filter(busy::equals))
                        .hasSizeBetween(refusals, refusals + 1);
                int second = paths.subList(paths.indexOf(busy) + 1, paths.size()).indexOf(busy);
                assertThat(paths.subList(0, paths.indexOf(busy) + 1 + second))
                        .as("asked before %s was asked again", busy)
                        .filteredOn(path -> path.startsWith("/graph/"))
                        .hasSizeGreaterThan(GOOD - SLOTS);
                JsonNode page = requireNonNull(results.get(site.url(busy).toString()));
                assertThat(page.at("/fault/code").asString()).isEqualTo("throttled");
            }
            assertThat(results.values())
                    .filteredOn(page -> page.path("outcome").asString().equals("content"))
                    .hasSize(GOOD);
        }
    }

    /** The bad ones among the first, so that all others are behind them. */
    private static List<String> urls(TestSite site, int bad) {
        List<String> urls = new ArrayList<>();
        IntStream.range(0, GOOD).forEach(i -> urls.add(site.url("/graph/40/" + i).toString()));
        IntStream.range(0, bad).forEach(i -> urls.add(3 + i, site.url("/busy/" + i).toString()));
        return urls;
    }
}
