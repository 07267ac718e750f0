package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.TestSite;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The real service with 256 MB of heap, which ends the process when it is not enough. */
@DisabledOnOs(OS.WINDOWS)
@Timeout(300)
final class SmallHeapIT {

    // The launcher's flags but for the size.
    private static final List<String> SMALL_HEAP =
            List.of("-Xmx256m", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders");

    @TempDir private static Path data;

    private ServiceProcess service;

    @BeforeEach
    void start() throws InterruptedException {
        service = ServiceProcess.launch(data, SMALL_HEAP, List.of("--attempts", "1")).awaitReady();
    }

    /** It could not if it had run out of memory: that ends it with another code. */
    @AfterEach
    void itStillStopsInGoodOrder() throws Exception {
        service.terminate();
        int exitCode = service.awaitExit();
        service.close();
        assertThat(service.output()).noneMatch(line -> line.contains("OutOfMemoryError"));
        assertThat(exitCode).isZero();
    }

    @Test
    void fiveThousandPagesAreCrawled() throws Exception {
        int pages = 5_000;
        try (var site = TestSite.start()) {
            String job =
                    service.submit(
                            """
                            {"crawl": {"url": "%s", "maxDepth": 1000, "sitemap": "skip"}}
                            """
                                    .formatted(site.url("/graph/%d/0".formatted(pages))));

            JsonNode view = service.awaitEnd(job);

            assertThat(view.path("state").asString()).isEqualTo("completed");
            assertThat(view.path("failed").asInt()).isZero();
            assertThat(service.pages(job))
                    .extracting(page -> page.path("url").asString())
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, pages)
                                    .mapToObj(i -> "/graph/%d/%d".formatted(pages, i))
                                    .map(path -> site.url(path).toString())
                                    .toList());
        }
    }

    @Test
    void aHundredThousandUrlsAreTakenInOneBody() throws Exception {
        int urls = 100_000;
        // Nobody listens there.
        String body =
                IntStream.range(0, urls)
                        .mapToObj(i -> "\"http://127.1.0.%d:1/page/%d\"".formatted(i % 250, i))
                        .collect(Collectors.joining(",", "{\"urls\": [", "]}"));

        var answer =
                service.send(
                        service.request("/api/jobs")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(body)));

        JsonNode view = ServiceProcess.json(answer, 202);
        assertThat(view.path("total").asInt()).isEqualTo(urls);
        String job = view.path("links").path("self").asString();
        var cancelled = ServiceProcess.json(service.send(service.request(job).DELETE()), 200);
        assertThat(cancelled.path("state").asString()).isEqualTo("cancelled");
        assertThat(LeftDatabase.in(data).books(job).total()).isEqualTo(urls);
    }
}
