package io.gleaner.perf.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The entry point of the measuring kit: what {@code ./gleaner} calls for {@code bench}, {@code
 * load}, {@code autoscale} and {@code content}.
 */
public final class Main {

    private static final int HELP_WIDTH = 100;

    private Main() {}

    public static void main(String[] args) {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
        var err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
        System.exit(commandLine(out, err, args).execute(args));
    }

    static CommandLine commandLine(PrintStream out, PrintStream err, String... args) {
        String typed = "gleaner " + String.join(" ", args);
        var runner = new Runner(out, err, typed);
        var errors = new Errors(err);
        return command(new TopCommand())
                .addSubcommand(benches(runner, out))
                .addSubcommand(command(new LoadCommand(runner)))
                .addSubcommand(
                        command(new AutoscaleCommand())
                                .addSubcommand(command(new SimulateCommand(out, err, typed)))
                                .addSubcommand(command(new TuneCommand(out, err, typed)))
                                .addSubcommand(command(new DrillCommand(runner))))
                .addSubcommand(
                        command(new ContentCommand())
                                .addSubcommand(command(new ContentCommand.Train(err)))
                                .addSubcommand(command(new ContentCommand.Folds(out, err)))
                                .addSubcommand(command(new ContentCommand.Worst(out, err))))
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(new PrintWriter(out, true, UTF_8))
                .setErr(new PrintWriter(err, true, UTF_8))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
    }

    private static CommandLine benches(Runner runner, PrintStream out) {
        return command(new BenchCommand())
                .addSubcommand(command(new SubmitCommand(runner)))
                .addSubcommand(command(new StatusCommand(runner)))
                .addSubcommand(command(new CrawlCommand(runner)))
                .addSubcommand(command(new ConcurrencyCommand(runner)))
                .addSubcommand(command(new NeighboursCommand(runner)))
                .addSubcommand(command(new MemoryCommand(runner)))
                .addSubcommand(command(new RecordingCommand(runner)))
                .addSubcommand(command(new QueueCommand(runner)))
                .addSubcommand(command(new BacklogCommand(runner)))
                .addSubcommand(command(new ChaosCommand(runner)))
                .addSubcommand(command(new OutageCommand(runner)))
                .addSubcommand(command(new CacheCommand(runner)))
                .addSubcommand(command(new RedisCommand(runner)))
                .addSubcommand(command(new CompareCommand(runner)))
                .addSubcommand(command(new NormalCommand(runner)))
                .addSubcommand(command(new RollingCommand(runner)))
                .addSubcommand(command(new UpgradeCommand(runner)))
                .addSubcommand(command(new SlowClientsCommand(runner)))
                .addSubcommand(command(new ValidateCommand(runner)))
                .addSubcommand(command(new MicroCommand(runner)))
                .addSubcommand(command(new FlameCommand(out)));
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
