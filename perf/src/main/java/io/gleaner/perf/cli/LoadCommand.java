package io.gleaner.perf.cli;

import io.gleaner.perf.shapes.Interruption;
import io.gleaner.perf.shapes.LoadBench;
import io.gleaner.perf.shapes.LoadSettings;
import io.gleaner.perf.shapes.PlantedFault;
import io.gleaner.perf.shapes.Shape;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner load}. */
@Command(
        name = "load",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Let users arrive and see how the service bears it. They submit URLs, batches and"
                + " crawls, poll, read and stream pages, cancel, list and scrape again, with think"
                + " times.",
            "",
            "  smoke    a few users: does everything answer at all?",
            "  steady   the same rate all the time",
            "  ramp     from nobody to the rate",
            "  spike    the rate, ten times of it for a fifth of the time, and the rate again",
            "  stress   ever more until it breaks",
            "  soak     the same rate for long: does anything grow or wear out?",
            "",
            "Starts PostgreSQL, Redis, the service and a site of its own, or takes a service that"
                + " runs (--target). Writes one page with charts, verdicts and what held the"
                + " service up. Ctrl-C ends it with a report of what had happened by then, a second"
                + " one at once. Exit code: 0 when every verdict holds, 1 when one does not."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner load smoke",
            "  gleaner load spike --rate 10 --duration 3m",
            "  gleaner load soak --duration 2h --target http://127.0.0.1:8080 --urls urls.txt",
            "  gleaner load steady --plant lock     see how the report names a fault"
        })
final class LoadCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "SHAPE",
            converter = ShapeConverter.class,
            description = "smoke, steady, ramp, spike, stress or soak.")
    private Shape shape = Shape.SMOKE;

    @Option(
            names = "--rate",
            paramLabel = "N",
            description = "Users a second; each sends two or three requests (by shape, 2 to 20).")
    private @Nullable Double rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long users arrive (by shape, 20s to 10m).")
    private @Nullable Duration duration;

    @Option(
            names = "--warm-up",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Users at half of the rate before, which count for nothing (30s).")
    private Duration warmUp = Duration.ofSeconds(30);

    @Option(
            names = "--target",
            paramLabel = "URL",
            description = "A service that runs already, on loopback.")
    private @Nullable URI target;

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "File with the access key for it.")
    private @Nullable Path keyFile;

    @Option(
            names = "--urls",
            paramLabel = "FILE",
            description =
                    "Pages to scrape, one a line. Default: those of a site on loopback, which the"
                            + " service must be allowed to fetch (--allow-private-networks).")
    private @Nullable Path urls;

    @Option(
            names = "--no-redis",
            negatable = true,
            description = "Start the service without a Redis.")
    private boolean redis = true;

    @Option(
            names = "--plant",
            paramLabel = "FAULT",
            converter = FaultConverter.class,
            description =
                    "Break something meanwhile, to see that the run notices: lock, site-errors,"
                            + " redis-paused, pool, leak, cpu-hog, pause.")
    private @Nullable PlantedFault fault;

    @Mixin private final LabOptions lab = new LabOptions();

    private final Runner runner;

    LoadCommand(Runner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws Exception {
        var settings =
                new LoadSettings(
                        shape,
                        rate == null ? shape.rate() : rate,
                        duration == null ? shape.time() : duration,
                        warmUp,
                        Optional.ofNullable(target),
                        keyFile == null ? "" : read(keyFile).getFirst(),
                        urls == null ? List.of() : read(urls).stream().map(URI::create).toList(),
                        redis,
                        Optional.ofNullable(fault));
        var interruption = new Interruption();
        CtrlC.first(interruption::interrupt);
        return runner.run(new LoadBench(settings, interruption), lab);
    }

    /** Its lines, empty ones aside. */
    private static List<String> read(Path file) {
        try {
            List<String> lines =
                    Files.readAllLines(file).stream()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .toList();
            if (lines.isEmpty()) {
                throw new IllegalArgumentException("nothing is in " + file);
            }
            return lines;
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read " + file, e);
        }
    }
}
