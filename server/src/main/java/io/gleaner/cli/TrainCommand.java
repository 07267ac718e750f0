package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import tools.jackson.databind.JsonNode;

/**
 * {@code gleaner train}: a short life of the service for the JVM to learn from (JEP 483, JEP 515).
 * The launcher starts it with {@code -XX:AOTCacheOutput}.
 */
@Command(
        name = "train",
        description = {
            "Teach the JVM how this Gleaner starts; from then on it starts with less CPU.",
            "",
            "Runs the service for some seconds on a site and a database of its own, both thrown"
                + " away, and leaves an AOT cache beside the jar, which the launcher uses until the"
                + " sources change. Worth it where processes are started often: in containers, in"
                + " tests."
        })
final class TrainCommand implements Callable<Integer> {

    private static final int PAGES = 200;
    private static final int LINKS = 5;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Streams streams;

    TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("gleaner-train");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            HttpServer site = site();
            site.setExecutor(threads);
            site.start();
            try (Gleaner gleaner = Gleaner.start(settings(data))) {
                long pages = crawl(gleaner.port(), site.getAddress().getPort());
                streams.say("trained on %d pages".formatted(pages));
            } finally {
                site.stop(0);
            }
        } finally {
            delete(data);
        }
        return ExitCodes.OK;
    }

    private static Settings settings(Path data) {
        return Settings.defaults()
                .with(
                        draft -> {
                            draft.data = data;
                            draft.port = 0;
                            draft.allowPrivateNetworks = true;
                            draft.crawlDelayMin = Duration.ZERO;
                        });
    }

    /** Asks for what a user asks for. */
    private static long crawl(int port, int sitePort) throws InterruptedException {
        var server = new ServerClient(URI.create("http://127.0.0.1:" + port), null);
        String body =
                """
                {"crawl":{"url":"http://127.0.0.1:%d/0","maxDepth":1000},"formats":["markdown","html","text","links"]}\
                """
                        .formatted(sitePort);
        String id = ServerClient.json(server.post("/api/jobs", body)).required("id").asString();
        JsonNode job;
        long end = System.nanoTime() + LONGEST.toNanos();
        do {
            if (System.nanoTime() > end) {
                throw CommandFailure.unavailable(
                        "%d pages were not crawled within %s"
                                .formatted(PAGES, DurationConverter.text(LONGEST)));
            }
            TimeUnit.MILLISECONDS.sleep(100);
            job = ServerClient.json(server.get("/api/jobs/" + id));
        } while (!job.required("state").asString().equals("completed"));
        server.get("/api/jobs");
        server.get("/api/jobs/" + id + "/pages");
        return job.required("done").asLong();
    }

    private static HttpServer site() throws IOException {
        var site =
                HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        site.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] body = page(exchange.getRequestURI().getPath()).getBytes(UTF_8);
                        exchange.getResponseHeaders().set("Content-Type", "text/html");
                        exchange.sendResponseHeaders(body.length == 0 ? 404 : 200, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        return site;
    }

    /** A page that links to the next ones, or nothing where there is none. */
    private static String page(String path) {
        if (!path.matches("/[0-9]{1,4}")) {
            return "";
        }
        int number = Integer.parseInt(path.substring(1));
        var links = new StringBuilder();
        for (int next = number + 1; next <= Math.min(number + LINKS, PAGES - 1); next++) {
            links.append("<li><a href=\"/%d\">Page %d</a></li>".formatted(next, next));
        }
        return """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Page %d</title>
        <meta name="description" content="One of many"></head>
        <body><nav><a href="/0">Home</a></nav><main><h1>Page <em>%d</em></h1>
        <p>%s <strong>Strong</strong> words and <code>code()</code>.</p>
        <table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>
        <pre><code class="language-java">int n = %d;</code></pre>
        <blockquote>Said before.</blockquote><img src="/picture.png" alt="A picture">
        <ul>%s</ul></main><footer>The end</footer></body></html>
        """
                .formatted(number, number, "A sentence of some words. ".repeat(40), number, links);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted((a, b) -> b.compareTo(a))
                    .forEach(
                            path -> {
                                try {
                                    Files.deleteIfExists(path);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
