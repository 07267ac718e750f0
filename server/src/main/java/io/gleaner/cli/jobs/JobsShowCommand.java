package io.gleaner.cli.jobs;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.console.Table;
import io.gleaner.cli.option.ServerClient;
import io.gleaner.cli.option.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code gleaner jobs show}: one job. */
@Command(
        name = "show",
        description = "Show one job: its state, its counts, why it waits.",
        footer = {"", "Example:", "  gleaner jobs show 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60"})
public final class JobsShowCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ID",
            converter = JobIdConverter.class,
            description = "The job's id, as 'gleaner jobs list' shows it.")
    private @Nullable UUID id;

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public JobsShowCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String answer = server.client(environment).get("/api/jobs/" + id);
        streams.out().print(server.json() ? answer.strip() + "\n" : sheet(answer));
        return ExitCodes.OK;
    }

    /** Whatever the server says, one member a line, so that a newer server's answer shows too. */
    static String sheet(String answer) {
        var rows = new ArrayList<List<String>>();
        for (Map.Entry<String, JsonNode> member : ServerClient.json(answer).properties()) {
            JsonNode value = member.getValue();
            if (!value.isNull()) {
                rows.add(
                        List.of(
                                member.getKey(),
                                value.isContainer() ? value.toString() : value.asString()));
            }
        }
        return rows.isEmpty() ? "" : Table.of(rows);
    }
}
