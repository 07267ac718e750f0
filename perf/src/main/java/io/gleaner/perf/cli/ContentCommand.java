package io.gleaner.perf.cli;

import io.gleaner.content.Model;
import io.gleaner.perf.content.ContentBench;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code gleaner content}: what choosing main content has learned, and how well it chooses. */
@Command(
        name = "content",
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Learn to choose main content from pages whose main content people agreed on, and judge"
                    + " it: docs/main-content.md."
        },
        commandListHeading = "%nCommands:%n",
        footer = {"", "gleaner content COMMAND --help explains a command and its settings."})
final class ContentCommand implements Callable<Integer> {

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        if (spec != null) {
            spec.commandLine().usage(spec.commandLine().getErr());
        }
        return ExitCodes.USAGE;
    }

    private static Path folder(@Nullable CommandSpec spec, @Nullable Path set) {
        Path folder = Objects.requireNonNull(set);
        if (!Files.isDirectory(folder.resolve("ground-truth"))) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(),
                    "%s has no folder ground-truth: it is no set of pages".formatted(folder));
        }
        return folder;
    }

    /** {@code gleaner content train}. */
    @Command(
            name = "train",
            sortOptions = false,
            description = "Learn from all pages of a set and write what was learned.",
            footer = {
                "",
                "Example:",
                "  gleaner content train --set wcxb --out"
                        + " server/src/main/resources/io/gleaner/content/model.bin"
            })
    static final class Train implements Callable<Integer> {

        @Option(
                names = "--set",
                required = true,
                paramLabel = "DIR",
                description = "Folder with html/ and ground-truth/, as WCXB has them.")
        private @Nullable Path set;

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "The model.")
        private @Nullable Path out;

        @Spec private @Nullable CommandSpec spec;

        private final PrintStream err;

        Train(PrintStream err) {
            this.err = err;
        }

        @Override
        public Integer call() throws IOException {
            Model model = new ContentBench(folder(spec, set), err::println).train();
            try (OutputStream file = Files.newOutputStream(Objects.requireNonNull(out))) {
                model.write(file);
            }
            return ExitCodes.HOLDS;
        }
    }

    /** {@code gleaner content folds}. */
    @Command(
            name = "folds",
            sortOptions = false,
            description = {
                "Learn from all domains of a set but a part, judge that part, and so for each part;"
                        + " print F1, precision and recall by type of page, and the share of pages"
                        + " whose type was told rightly.",
                "",
                "Some three minutes for each fold on two cores."
            })
    static final class Folds implements Callable<Integer> {

        @Option(
                names = "--set",
                required = true,
                paramLabel = "DIR",
                description = "Folder with html/ and ground-truth/, as WCXB has them.")
        private @Nullable Path set;

        @Option(names = "--folds", paramLabel = "N", description = "Parts (5).")
        private int folds = 5;

        @Option(names = "--only", paramLabel = "N", description = "As many of them as this (all).")
        private int only = Integer.MAX_VALUE;

        @Option(
                names = "--pages",
                paramLabel = "FILE",
                description = "Write a line for each page: id, type, told type, F1, P, R.")
        private @Nullable Path pages;

        @Spec private @Nullable CommandSpec spec;

        private final PrintStream out;
        private final PrintStream err;

        Folds(PrintStream out, PrintStream err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public Integer call() throws IOException {
            var result =
                    new ContentBench(folder(spec, set), err::println)
                            .folds(folds, Math.min(folds, only));
            out.print(result.text());
            if (pages != null) {
                Files.writeString(pages, result.pages());
            }
            return ExitCodes.HOLDS;
        }
    }

    /** {@code gleaner content worst}. */
    @Command(
            name = "worst",
            sortOptions = false,
            description =
                    "Print the pages of each type whose main content the shipped model chooses"
                            + " worst, each with what goes wrong, as Markdown tables.")
    static final class Worst implements Callable<Integer> {

        @Option(
                names = "--set",
                required = true,
                paramLabel = "DIR",
                description = "Folder with html/ and ground-truth/, as WCXB has them.")
        private @Nullable Path set;

        @Option(names = "--count", paramLabel = "N", description = "Pages of each type (10).")
        private int count = 10;

        @Spec private @Nullable CommandSpec spec;

        private final PrintStream out;
        private final PrintStream err;

        Worst(PrintStream out, PrintStream err) {
            this.out = out;
            this.err = err;
        }

        @Override
        public Integer call() throws IOException {
            out.print(new ContentBench(folder(spec, set), err::println).worst(count));
            return ExitCodes.HOLDS;
        }
    }
}
