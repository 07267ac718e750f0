package io.gleaner.cli;

import java.util.Map;
import picocli.CommandLine;

/** The entry point: reads the command line, runs one command, exits with its code. */
public final class Main {

    private static final int HELP_WIDTH = 100;

    private Main() {}

    public static void main(String[] args) {
        var streams = Streams.ofProcess();
        int exitCode = commandLine(streams, System.getenv()).execute(args);
        streams.out().flush();
        System.exit(exitCode);
    }

    static CommandLine commandLine(Streams streams, Map<String, String> environment) {
        var jobs =
                new CommandLine(new JobsCommand())
                        .addSubcommand(new JobsListCommand(streams, environment))
                        .addSubcommand(new JobsShowCommand(streams, environment))
                        .addSubcommand(new JobsCancelCommand(streams, environment));
        var gleaner =
                new CommandLine(new TopCommand())
                        .addSubcommand(new ServeCommand(streams, environment))
                        .addSubcommand(new CrawlCommand(streams, environment))
                        .addSubcommand(new ScrapeCommand(streams, environment))
                        .addSubcommand(jobs)
                        .addSubcommand(new TestCommand())
                        .addSubcommand(new VersionCommand(streams));
        var errors = new Errors(streams);
        return gleaner.setUsageHelpWidth(HELP_WIDTH)
                .setOut(new java.io.PrintWriter(streams.out(), true))
                .setErr(new java.io.PrintWriter(streams.err(), true))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }
}
