package io.gleaner.cli;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code gleaner version}: what a bug report has to name. */
@Command(name = "version", description = "Show the version of Gleaner, Java and the system.")
final class VersionCommand implements Callable<Integer> {

    private final Streams streams;

    VersionCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        streams.out().println(text());
        return ExitCodes.OK;
    }

    static String text() {
        return "gleaner %s (java %s, %s; %s %s)"
                .formatted(
                        version(),
                        System.getProperty("java.version"),
                        System.getProperty("java.vendor"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    /** From the jar's manifest; classes in a folder have none. */
    private static String version() {
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
