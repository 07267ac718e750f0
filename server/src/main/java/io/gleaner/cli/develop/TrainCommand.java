package io.gleaner.cli.develop;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.DurationConverter;
import io.gleaner.cli.option.ServerClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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
public final class TrainCommand implements Callable<Integer> {

    private static final int SUBMISSIONS = 100;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    @Option(names = "--pages", paramLabel = "N", description = "Pages of the site (1000).")
    private int pages = 1000;

    private final Streams streams;

    public TrainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path data = Files.createTempDirectory("gleaner-train");
        try (TrainSite site = TrainSite.start(pages);
                Gleaner gleaner = Gleaner.start(settings(data))) {
            long done = use(gleaner.port(), site);
            streams.say("trained on %d pages".formatted(done));
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

    /** Asks for what users ask for: a crawl, single pages, their states and what came of them. */
    private static long use(int port, TrainSite site) throws InterruptedException {
        var server = new ServerClient(URI.create("http://127.0.0.1:" + port), null);
        String crawl =
                submit(
                        server,
                        """
                        {"crawl":{"url":"%s","maxDepth":1000},"formats":["markdown","html","text","links"]}\
                        """
                                .formatted(site.url(0)));
        JsonNode job = awaitEnd(server, crawl);
        String last = crawl;
        for (int n = 0; n < SUBMISSIONS; n++) {
            last = submit(server, "{\"urls\":[\"%s\"]}".formatted(site.url(0)));
        }
        awaitEnd(server, last);
        server.get("/api/jobs");
        server.get("/api/jobs/" + crawl + "/pages");
        return job.required("done").asLong();
    }

    private static String submit(ServerClient server, String job) throws InterruptedException {
        return ServerClient.json(server.post("/api/jobs", job)).required("id").asString();
    }

    private static JsonNode awaitEnd(ServerClient server, String id) throws InterruptedException {
        long end = System.nanoTime() + LONGEST.toNanos();
        while (true) {
            JsonNode job = ServerClient.json(server.get("/api/jobs/" + id));
            if (job.required("state").asString().equals("completed")) {
                return job;
            }
            if (System.nanoTime() > end) {
                throw CommandFailure.unavailable(
                        "a job has not ended within " + DurationConverter.text(LONGEST));
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
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
