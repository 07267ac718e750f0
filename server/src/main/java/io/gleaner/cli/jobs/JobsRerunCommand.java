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

/** {@code gleaner jobs rerun}: the same work once more. */
@Command(
        name = "rerun",
        description = {
            "Submit the work of a job once more, as a new job with the same options.",
            "",
            "A list of URLs must have been worked through. Secret request headers are deleted when"
                    + " a job ends: one that had some is refused, and is submitted anew."
        },
        footer = {"", "Example:", "  gleaner jobs rerun 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60"})
public final class JobsRerunCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ID",
            converter = JobIdConverter.class,
            description = "The job's id, as 'gleaner jobs list' shows it.")
    private @Nullable UUID id;

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public JobsRerunCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String answer = server.client(environment).post("/api/jobs/%s/rerun".formatted(id), "{}");
        streams.out().print(server.json() ? answer.strip() + "\n" : JobsShowCommand.sheet(answer));
        return ExitCodes.OK;
    }
}
