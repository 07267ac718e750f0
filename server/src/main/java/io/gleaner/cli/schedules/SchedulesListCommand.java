package io.gleaner.cli.schedules;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.console.Table;
import io.gleaner.cli.option.ServerClient;
import io.gleaner.cli.option.ServerOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code gleaner schedules list}: all of them, by name. */
@Command(
        name = "list",
        description = "List the schedules, by name.",
        footer = {"", "Example:", "  gleaner schedules list"})
public final class SchedulesListCommand implements Callable<Integer> {

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public SchedulesListCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String answer = server.client(environment).get("/api/schedules");
        streams.out().print(server.json() ? answer.strip() + "\n" : table(answer));
        return ExitCodes.OK;
    }

    private static String table(String answer) {
        JsonNode schedules = ServerClient.json(answer).path("schedules");
        if (schedules.isEmpty()) {
            return "no schedules\n";
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "NAME", "WHEN", "NEXT", "URL"));
        for (JsonNode schedule : schedules) {
            rows.add(
                    List.of(
                            schedule.path("id").asString(""),
                            schedule.path("name").asString(""),
                            ScheduleSheet.when(schedule),
                            ScheduleSheet.next(schedule),
                            schedule.path("url").asString("")));
        }
        return Table.of(rows);
    }
}
