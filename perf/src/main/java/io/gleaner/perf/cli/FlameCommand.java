package io.gleaner.perf.cli;

import io.gleaner.perf.profile.Profiles;
import io.gleaner.profile.FlamePage;
import io.gleaner.profile.Kind;
import io.gleaner.profile.Stacks;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gleaner bench flame}. */
@Command(
        name = "flame",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Draw a recording of Java Flight Recorder as a flame graph, a page of its own; or how"
                    + " it differs from another one. Says what share each endpoint and step has.",
            "",
            "Any bench records with --profile."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner bench flame after.jfr",
            "  gleaner bench flame after.jfr --before before.jfr --kind alloc"
        })
final class FlameCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "RECORDING", description = "A .jfr file.")
    private Path recording = Path.of("");

    @Option(
            names = "--before",
            paramLabel = "RECORDING",
            description = "Compare each call's share with its share in this one.")
    private @Nullable Path before;

    @Option(names = "--kind", paramLabel = "KIND", description = "cpu, alloc, lock or park (cpu).")
    private Kind kind = Kind.CPU;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the page goes (default: beside the recording).")
    private @Nullable Path file;

    private final PrintStream out;

    FlameCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        String name = String.valueOf(recording.getFileName());
        Path target =
                file == null
                        ? recording.resolveSibling(
                                name.replaceFirst("\\.jfr$", "")
                                        + "-"
                                        + kind.name().toLowerCase(Locale.ROOT)
                                        + (before == null ? "" : "-diff")
                                        + ".html")
                        : file;
        Stacks stacks = Stacks.read(recording, kind);
        String page =
                FlamePage.of(
                        before == null ? name : name + " against " + before.getFileName(),
                        kind,
                        stacks,
                        before == null ? null : Stacks.read(before, kind));
        out.print(stacks.table());
        out.println(Profiles.write(target, page));
        return ExitCodes.HOLDS;
    }
}
