package io.gleaner.cli.jobs;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.console.Table;
import io.gleaner.cli.option.ServerClient;
import io.gleaner.cli.option.ServerOptions;
import io.gleaner.cli.option.WholeNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code gleaner jobs pages}: what came of a job's URLs. */
@Command(
        name = "pages",
        sortOptions = false,
        description = "List the pages of a job: what came of each URL.",
        footer = {
            "",
            "Examples:",
            "  gleaner jobs pages 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60 --fault timeout",
            "  gleaner jobs pages 0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60 --url"
                    + " https://a.example/docs/ --limit 100"
        })
public final class JobsPagesCommand implements Callable<Integer> {

    @Parameters(
            paramLabel = "ID",
            converter = JobIdConverter.class,
            description = "The job's id, as 'gleaner jobs list' shows it.")
    private @Nullable UUID id;

    @Option(
            names = "--outcome",
            paramLabel = "OUTCOME",
            description = "Only content, or only fault.")
    private @Nullable String outcome;

    @Option(
            names = "--fault",
            paramLabel = "CODE",
            description = "Only this fault, such as timeout.")
    private @Nullable String fault;

    @Option(names = "--status", paramLabel = "N", description = "Only this HTTP status.")
    private @Nullable String status;

    @Option(
            names = "--url",
            paramLabel = "BEGINNING",
            description = "Only URLs that begin so, in their order.")
    private @Nullable String url;

    @Option(names = "--newest", description = "The newest first.")
    private boolean newest;

    @Option(
            names = "--cursor",
            paramLabel = "N",
            description = "Go on behind the page of this number.")
    private @Nullable String cursor;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = WholeNumber.JobsShown.class,
            description = "Most pages shown (default ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public JobsPagesCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        // The server says what it takes of each.
        String path =
                new Query("/api/jobs/%s/pages?brief=true&count=true&limit=%d".formatted(id, limit))
                        .with("outcome", outcome)
                        .with("fault", fault)
                        .with("status", status)
                        .with("url", url)
                        .with("order", newest ? "newest" : null)
                        .with("cursor", cursor)
                        .path();
        String answer = server.client(environment).get(path);
        streams.out().print(server.json() ? answer.strip() + "\n" : table(answer));
        return ExitCodes.OK;
    }

    private static String table(String answer) {
        JsonNode list = ServerClient.json(answer);
        JsonNode pages = list.path("pages");
        if (pages.isEmpty()) {
            return "no pages\n";
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("SEQ", "STATUS", "OUTCOME", "FETCHED", "URL"));
        for (JsonNode page : pages) {
            rows.add(
                    List.of(
                            page.path("seq").asString(""),
                            page.path("status").asString("-"),
                            page.path("fault").asString(page.path("outcome").asString("")),
                            page.path("fetchedAt").asString(""),
                            page.path("url").asString("")));
        }
        String next =
                list.path("next").isNull()
                        ? ""
                        : ", next --cursor " + list.path("next").asString("");
        return "%s%d of %s%s\n"
                .formatted(Table.of(rows), pages.size(), list.path("count").asString("?"), next);
    }
}
