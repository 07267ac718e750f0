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

/** {@code gleaner schedules pause}: begins no more runs. */
@Command(
        name = "pause",
        description = "Begin no more runs; a job that runs goes on.",
        footer = {"", "Example:", "  gleaner schedules pause 3f0c5c1e-52a4-4f6b-9d70-0f0f4b7d8a11"})
public final class SchedulesPauseCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ID",
            description = "The schedule's id, as 'gleaner schedules list' shows it.")
    private @Nullable UUID id;

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public SchedulesPauseCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String answer = server.client(environment).post("/api/schedules/" + id + "/pause", "");
        streams.out().print(server.json() ? answer.strip() + "\n" : ScheduleSheet.of(answer));
        return ExitCodes.OK;
    }
}
