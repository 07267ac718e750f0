package io.gleaner.cli;

import picocli.CommandLine.Option;

/** {@code --help}, the same in every command. */
final class HelpFlag {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    private boolean help;

    boolean asked() {
        return help;
    }
}
