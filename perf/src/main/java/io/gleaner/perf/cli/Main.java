package io.gleaner.perf.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The entry point of {@code ./gleaner bench} and, with that word first, {@code ./gleaner
 * autoscale}.
 */
public final class Main {

    private static final int HELP_WIDTH = 100;
    private static final String AUTOSCALE = "autoscale";

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        System.exit(execute(out, err, args));
    }

    static int execute(PrintStream out, PrintStream err, String... args) {
        if (args.length > 0 && args[0].equals(AUTOSCALE)) {
            String[] rest = Arrays.copyOfRange(args, 1, args.length);
            return autoscale(out, err, rest).execute(rest);
        }
        return commandLine(out, err, args).execute(args);
    }

    static CommandLine commandLine(PrintStream out, PrintStream err, String... args) {
        var runner = new Runner(out, err, "gleaner bench " + String.join(" ", args));
        var bench =
                command(new TopCommand())
                        .addSubcommand(command(new SubmitCommand(runner)))
                        .addSubcommand(command(new StatusCommand(runner)))
                        .addSubcommand(command(new CrawlCommand(runner)))
                        .addSubcommand(command(new ConcurrencyCommand(runner)))
                        .addSubcommand(command(new QueueCommand(runner)))
                        .addSubcommand(command(new BacklogCommand(runner)))
                        .addSubcommand(command(new ChaosCommand(runner)))
                        .addSubcommand(command(new OutageCommand(runner)))
                        .addSubcommand(command(new CacheCommand(runner)))
                        .addSubcommand(command(new RedisCommand(runner)))
                        .addSubcommand(command(new CompareCommand(runner)))
                        .addSubcommand(command(new NormalCommand(runner)))
                        .addSubcommand(command(new ValidateCommand(runner)))
                        .addSubcommand(command(new FlameCommand(out)));
        return speaking(bench, out, err);
    }

    private static CommandLine autoscale(PrintStream out, PrintStream err, String... args) {
        String command = "gleaner autoscale " + String.join(" ", args);
        return speaking(
                command(new AutoscaleCommand())
                        .addSubcommand(command(new SimulateCommand(out, err, command)))
                        .addSubcommand(command(new TuneCommand(out, err, command))),
                out,
                err);
    }

    private static CommandLine speaking(CommandLine line, PrintStream out, PrintStream err) {
        var errors = new Errors(err);
        return line.setUsageHelpWidth(HELP_WIDTH)
                .setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static CommandLine command(Object command) {
        var line = new CommandLine(command);
        line.getCommandSpec()
                .addOption(
                        OptionSpec.builder("-h", "--help")
                                .usageHelp(true)
                                .description("Show this help and exit.")
                                .build());
        return line;
    }
}
