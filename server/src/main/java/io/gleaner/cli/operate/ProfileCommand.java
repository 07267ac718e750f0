package io.gleaner.cli.operate;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.DurationConverter;
import io.gleaner.cli.option.ServerAddress;
import io.gleaner.cli.option.WholeNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner profile}: a flame graph of a running server. */
@Command(
        name = "profile",
        sortOptions = false,
        description = {
            "Record a running server for some seconds, or recall what it has recorded, and write a"
                + " flame graph, a page of its own; its first row says which endpoint or step of"
                + " the pipeline each part belongs to.",
            "",
            "A server that asks for keys wants an operator's in GLEANER_KEY. A file that ends in"
                + " .jfr gets the recording itself, for other tools and for 'gleaner bench flame';"
                + " one that ends in .txt a table of the first row."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner profile",
            "  gleaner profile --past 5m",
            "  gleaner profile --event alloc --seconds 30 --out alloc.html",
            "  gleaner profile --server http://10.0.0.5:8080 --out before.jfr"
        })
public final class ProfileCommand implements Callable<Integer> {

    private static final int SECONDS_DEFAULT = 10;

    /** What can be recorded. */
    enum Event {
        CPU,
        ALLOC,
        LOCK,
        PARK
    }

    @Option(
            names = "--event",
            paramLabel = "EVENT",
            description = "cpu, alloc, lock or, not of the past, park (cpu).")
    private Event event = Event.CPU;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            converter = WholeNumber.ProfileSeconds.class,
            description = "How long (10).")
    private @Nullable Integer seconds;

    @Option(
            names = "--past",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Instead: what the server has recorded, at most of the last 10m"
                            + " (GLEANER_JFR).")
    private @Nullable Duration past;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where it goes (default profile-EVENT.html).")
    private @Nullable Path out;

    @Mixin private final ServerAddress server = new ServerAddress();

    private final Streams streams;
    private final Map<String, String> environment;

    public ProfileCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String what = event.name().toLowerCase(Locale.ROOT);
        Path file = out == null ? Path.of("profile-%s.html".formatted(what)) : out;
        byte[] profile =
                server.client(environment)
                        .download(
                                "/admin/profile?event=%s&%s&format=%s"
                                        .formatted(what, when(), format(file)),
                                longest());
        try {
            Files.write(file, profile);
        } catch (IOException e) {
            throw CommandFailure.output(file, e, "");
        }
        streams.out().println(file);
        return ExitCodes.OK;
    }

    private String when() {
        if (past == null) {
            return "seconds=" + longest().toSeconds();
        }
        if (seconds != null) {
            throw CommandFailure.usage("--seconds and --past exclude each other");
        }
        return "past=" + DurationConverter.text(past);
    }

    private Duration longest() {
        return Duration.ofSeconds(seconds == null ? SECONDS_DEFAULT : seconds);
    }

    private static String format(Path file) {
        String name = file.toString();
        return name.endsWith(".jfr") ? "jfr" : name.endsWith(".txt") ? "text" : "html";
    }
}
