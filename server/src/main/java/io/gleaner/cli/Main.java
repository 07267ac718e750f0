package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.cli.console.Logs;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.crawl.CrawlCommand;
import io.gleaner.cli.crawl.ScrapeCommand;
import io.gleaner.cli.crawl.UrlExplainCommand;
import io.gleaner.cli.develop.AutoscaleCommand;
import io.gleaner.cli.develop.BenchCommand;
import io.gleaner.cli.develop.ContentCommand;
import io.gleaner.cli.develop.LoadCommand;
import io.gleaner.cli.develop.TestCommand;
import io.gleaner.cli.develop.TrainCommand;
import io.gleaner.cli.jobs.JobsCancelCommand;
import io.gleaner.cli.jobs.JobsCommand;
import io.gleaner.cli.jobs.JobsExportCommand;
import io.gleaner.cli.jobs.JobsListCommand;
import io.gleaner.cli.jobs.JobsShowCommand;
import io.gleaner.cli.operate.BrowserCheckCommand;
import io.gleaner.cli.operate.BrowserCommand;
import io.gleaner.cli.operate.CacheCommand;
import io.gleaner.cli.operate.CacheReportCommand;
import io.gleaner.cli.operate.DbCommand;
import io.gleaner.cli.operate.DbMigrateCommand;
import io.gleaner.cli.operate.DbReportCommand;
import io.gleaner.cli.operate.KeysCommand;
import io.gleaner.cli.operate.KeysCreateCommand;
import io.gleaner.cli.operate.KeysListCommand;
import io.gleaner.cli.operate.KeysRevokeCommand;
import io.gleaner.cli.operate.ProfileCommand;
import io.gleaner.cli.operate.RedisCommand;
import io.gleaner.cli.operate.RedisPingCommand;
import io.gleaner.cli.option.PathConverter;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The entry point: reads the command line, runs one command, exits with its code. */
public final class Main {

    private static final int HELP_WIDTH = 100;

    private Main() {}

    public static void main(String[] args) {
        Logs.format(System.getenv());
        var streams = Streams.ofProcess();
        int exitCode = commandLine(streams, System.getenv()).execute(args);
        streams.out().flush();
        System.exit(exitCode);
    }

    static CommandLine commandLine(Streams streams, Map<String, String> environment) {
        var jobs =
                command(new JobsCommand())
                        .addSubcommand(command(new JobsListCommand(streams, environment)))
                        .addSubcommand(command(new JobsShowCommand(streams, environment)))
                        .addSubcommand(command(new JobsExportCommand(streams, environment)))
                        .addSubcommand(command(new JobsCancelCommand(streams, environment)));
        var db =
                command(new DbCommand())
                        .addSubcommand(command(new DbReportCommand(streams, environment)))
                        .addSubcommand(command(new DbMigrateCommand(streams, environment)));
        var cache =
                command(new CacheCommand())
                        .addSubcommand(command(new CacheReportCommand(streams, environment)));
        var keys =
                command(new KeysCommand())
                        .addSubcommand(command(new KeysCreateCommand(streams, environment)))
                        .addSubcommand(command(new KeysListCommand(streams, environment)))
                        .addSubcommand(command(new KeysRevokeCommand(streams, environment)));
        var redis =
                command(new RedisCommand())
                        .addSubcommand(command(new RedisPingCommand(streams, environment)));
        var browser =
                command(new BrowserCommand())
                        .addSubcommand(command(new BrowserCheckCommand(streams, environment)));
        var gleaner =
                command(new TopCommand())
                        .addSubcommand(command(new ServeCommand(streams, environment)))
                        .addSubcommand(command(new CrawlCommand(streams, environment)))
                        .addSubcommand(command(new ScrapeCommand(streams, environment)))
                        .addSubcommand(command(new McpCommand(streams, System.in, environment)))
                        .addSubcommand(jobs)
                        .addSubcommand(db)
                        .addSubcommand(keys)
                        .addSubcommand(cache)
                        .addSubcommand(redis)
                        .addSubcommand(browser)
                        .addSubcommand(command(new ProfileCommand(streams, environment)))
                        .addSubcommand(command(new BenchCommand()))
                        .addSubcommand(command(new LoadCommand()))
                        .addSubcommand(command(new AutoscaleCommand()))
                        .addSubcommand(command(new ContentCommand()))
                        .addSubcommand(command(new TestCommand()))
                        .addSubcommand(command(new TrainCommand(streams)))
                        .addSubcommand(
                                command(new UrlCommand())
                                        .addSubcommand(command(new UrlExplainCommand(streams))))
                        .addSubcommand(command(new VersionCommand(streams)))
                        .addSubcommand(new CommandLine.HelpCommand());
        gleaner.getCommandSpec()
                .addOption(
                        OptionSpec.builder("--version")
                                .versionHelp(true)
                                .description("Show the version and exit.")
                                .build())
                .versionProvider(() -> new String[] {VersionCommand.text()});
        var errors = new Errors(streams);
        return gleaner.registerConverter(Path.class, new PathConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(new PrintWriter(streams.help(), true, UTF_8))
                .setErr(new PrintWriter(streams.err(), true, UTF_8))
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
