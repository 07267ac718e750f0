package io.gleaner.cli.jobs;

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

/** {@code gleaner jobs cancel}: ends a job. */
@Command(
        name = "cancel",
        description = {
            "Cancel a job. Pages that it has stay; a job that has ended stays as it is."
        },
        footer = {"", "Example:", "  gleaner jobs cancel 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60"})
public final class JobsCancelCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ID",
            converter = JobIdConverter.class,
            description = "The job's id, as 'gleaner jobs list' shows it.")
    private @Nullable UUID id;

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public JobsCancelCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String answer = server.client(environment).delete("/api/jobs/" + id);
        if (server.json()) {
            streams.out().print(answer.strip() + "\n");
        } else {
            streams.out()
                    .print(
                            answer.isBlank()
                                    ? "cancelled " + id + "\n"
                                    : JobsShowCommand.sheet(answer));
        }
        return ExitCodes.OK;
    }
}
