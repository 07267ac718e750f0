package io.gleaner.cli.schedules;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.ServerOptions;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code gleaner schedules delete}: forgets one. */
@Command(
        name = "delete",
        description = "Forget a schedule; its jobs stay.",
        footer = {
            "",
            "Example:",
            "  gleaner schedules delete 3f0c5c1e-52a4-4f6b-9d70-0f0f4b7d8a11"
        })
public final class SchedulesDeleteCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ID",
            description = "The schedule's id, as 'gleaner schedules list' shows it.")
    private @Nullable UUID id;

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public SchedulesDeleteCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        server.client(environment).delete("/api/schedules/" + id);
        streams.out().print("deleted " + id + "\n");
        return ExitCodes.OK;
    }
}
