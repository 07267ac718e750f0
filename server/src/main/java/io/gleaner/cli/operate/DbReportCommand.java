package io.gleaner.cli.operate;

import io.gleaner.app.RunningDatabase;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.DatabaseOptions;
import io.gleaner.cli.option.WholeNumber;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.database.DatabaseReport;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

/** {@code gleaner db report}: how the database is doing. */
@Command(
        name = "report",
        sortOptions = false,
        description = {
            "Say how the database of a running server is doing.",
            "",
            "Statements by time, tables with dead rows and vacuum, index use, connections, the"
                    + " oldest transaction and what keeps dead rows from being removed. It changes"
                    + " nothing and counts no rows."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner db report --data /var/lib/gleaner",
            "  gleaner db report --database-url postgresql://gleaner@db/gleaner --json"
        })
public final class DbReportCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = WholeNumber.ReportRows.class,
            description = "Most rows of one section (default ${DEFAULT-VALUE}).")
    private int limit = 15;

    @Option(names = "--json", description = "Print everything as JSON.")
    private boolean json;

    private final Streams streams;
    private final Map<String, String> environment;

    public DbReportCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Settings settings = database.settings(environment, draft -> {});
        DatabaseConfig config = RunningDatabase.find(settings).orElseThrow(() -> none(settings));
        DatabaseReport report = DatabaseReport.of(config);
        streams.out()
                .print(
                        json
                                ? JsonMapper.shared().writeValueAsString(report) + "\n"
                                : ReportText.of(report, limit));
        return ExitCodes.OK;
    }

    private static CommandFailure none(Settings settings) {
        return CommandFailure.unavailable(
                "no database runs in %s; start it with 'gleaner serve', or name another folder with --data or a PostgreSQL with --database-url"
                        .formatted(settings.data()));
    }
}
