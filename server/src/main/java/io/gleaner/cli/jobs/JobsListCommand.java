package io.gleaner.cli.jobs;

import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.console.Table;
import io.gleaner.cli.option.ServerClient;
import io.gleaner.cli.option.ServerOptions;
import io.gleaner.cli.option.WholeNumber;
import io.gleaner.job.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code gleaner jobs list}: the newest jobs. */
@Command(
        name = "list",
        description = "List jobs, newest first.",
        footer = {"", "Example:", "  gleaner jobs list --state running --tag shop --limit 50"})
public final class JobsListCommand implements Callable<Integer> {

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = StateConverter.class,
            description = "Only jobs that are running, completed, cancelled or failed.")
    private @Nullable JobState state;

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = "Only jobs that are urls, crawl or scrape.")
    private @Nullable String kind;

    @Option(
            names = "--name",
            paramLabel = "TEXT",
            description = "Only jobs whose name has this in it, in any case.")
    private @Nullable String name;

    @Option(names = "--tag", paramLabel = "TAG", description = "Only jobs with this tag.")
    private @Nullable String tag;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "Only jobs submitted then or later, such as 2026-05-01T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--until", paramLabel = "TIME", description = "Only jobs submitted before.")
    private @Nullable String until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            converter = WholeNumber.JobsShown.class,
            description = "Most jobs shown (default ${DEFAULT-VALUE}).")
    private int limit = 20;

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public JobsListCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        String path =
                new Query("/api/jobs?limit=" + limit)
                        .with("state", state == null ? null : state.name().toLowerCase(Locale.ROOT))
                        .with("kind", kind)
                        .with("name", name)
                        .with("tag", tag)
                        .with("from", from)
                        .with("until", until)
                        .path();
        String answer = server.client(environment).get(path);
        streams.out().print(server.json() ? answer.strip() + "\n" : table(answer));
        return ExitCodes.OK;
    }

    private static String table(String answer) {
        JsonNode jobs = ServerClient.json(answer).path("jobs");
        if (jobs.isEmpty()) {
            return "no jobs\n";
        }
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("ID", "STATE", "DONE", "PENDING", "FAILED", "CREATED", "NAME"));
        for (JsonNode job : jobs) {
            rows.add(
                    List.of(
                            job.path("id").asString(""),
                            job.path("state").asString(""),
                            job.path("done").asString(""),
                            job.path("pending").asString(""),
                            job.path("failed").asString(""),
                            job.path("createdAt").asString(""),
                            job.path("name").asString("")));
        }
        return Table.of(rows);
    }
}
