package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.testing.NodeClients;
import io.gleaner.testing.TestSite;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The protocol's reference client against the whole service: {@code src/test/js}. */
final class McpClientIT {

    private static final CountDownLatch CLOSING = new CountDownLatch(1);
    private static final int PAGES = 600;

    private static TestSite site;
    private static RunningService service;

    @BeforeAll
    static void start() {
        site = TestSite.start();
        site.route("/stalled", (_, _) -> CLOSING.await());
        service = RunningService.patient();
    }

    @AfterAll
    static void stop() {
        CLOSING.countDown();
        service.close();
        site.close();
    }

    @Test
    void everyToolIsListedAndCalledOverHttpAndStdio() throws Exception {
        String home = site.url("/").toString();
        String urls =
                IntStream.range(0, PAGES)
                        .mapToObj(i -> site.url("/graph/1000/" + i).toString())
                        .collect(Collectors.joining("\",\"", "{\"urls\":[\"", "\"]}"));
        String big = service.submit(urls);
        assertThat(service.results(big)).hasSize(PAGES);

        String said =
                NodeClients.run(
                        "mcp.mjs",
                        service.url(),
                        home.substring(0, home.length() - 1),
                        big.substring(big.lastIndexOf('/') + 1),
                        "yes",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        absolute(System.getProperty("java.class.path")),
                        "io.gleaner.cli.Main",
                        "mcp",
                        "--server",
                        service.url());

        assertThat(said)
                .contains("ok every tool over HTTP")
                .contains("ok walked 600 pages")
                .contains("ok every tool over stdio");
    }

    private static String absolute(String path) {
        return List.of(path.split(java.io.File.pathSeparator, -1)).stream()
                .map(part -> Path.of(part).toAbsolutePath().toString())
                .collect(Collectors.joining(java.io.File.pathSeparator));
    }
}
