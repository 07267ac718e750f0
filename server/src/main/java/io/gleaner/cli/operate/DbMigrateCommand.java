package io.gleaner.cli.operate;

import io.gleaner.app.Schema;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.DatabaseOptions;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code gleaner db migrate}: brings the schema up to date and ends. */
@Command(
        name = "migrate",
        sortOptions = false,
        description = {
            "Bring the schema of the database up to date, and end.",
            "",
            "Every server does so when it starts; this is for an upgrade that is to know before"
                    + " the first new server starts whether that works. Done twice it does nothing,"
                    + " and of several at once one migrates while the others wait."
        },
        footer = {
            "",
            "Example:",
            "  gleaner db migrate --database-url postgresql://gleaner@db/gleaner"
        })
public final class DbMigrateCommand implements Callable<Integer> {

    @Mixin private final DatabaseOptions database = new DatabaseOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public DbMigrateCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Schema.migrate(database.settings(environment, draft -> {}));
        streams.err().println("the schema is up to date");
        return ExitCodes.OK;
    }
}
