package io.gleaner.cli.schedules;

import io.gleaner.cli.console.Table;
import io.gleaner.cli.option.ServerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A schedule for people. */
final class ScheduleSheet {

    private ScheduleSheet() {}

    static String of(String answer) {
        JsonNode schedule = ServerClient.json(answer);
        var rows = new ArrayList<List<String>>();
        for (String name : List.of("id", "name", "url")) {
            rows.add(List.of(name, schedule.path(name).asString("")));
        }
        rows.add(List.of("when", when(schedule)));
        rows.add(List.of("next", next(schedule)));
        rows.add(List.of("last job", schedule.path("lastJob").asString("none")));
        var text = new StringBuilder(Table.of(rows));
        var runs = new ArrayList<List<String>>();
        for (JsonNode run : schedule.path("runs")) {
            runs.add(
                    List.of(
                            run.path("dueAt").asString(""),
                            run.path("outcome").asString(""),
                            run.path("job").asString(run.path("detail").asString(""))));
        }
        if (!runs.isEmpty()) {
            runs.addFirst(List.of("DUE", "OUTCOME", "JOB"));
            text.append('\n').append(Table.of(runs));
        }
        return text.toString();
    }

    static String when(JsonNode schedule) {
        return schedule.path("every").isString()
                ? "every " + schedule.path("every").asString().substring(2).toLowerCase(Locale.ROOT)
                : "cron %s %s"
                        .formatted(
                                schedule.path("cron").asString(""),
                                schedule.path("zone").asString(""));
    }

    static String next(JsonNode schedule) {
        return schedule.path("paused").asBoolean(false)
                ? "paused"
                : schedule.path("dueAt").asString("");
    }
}
