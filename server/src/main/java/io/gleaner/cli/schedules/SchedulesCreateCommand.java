package io.gleaner.cli.schedules;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.ServerOptions;
import io.gleaner.job.CrawlSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code gleaner schedules create}: a crawl that is begun again and again. */
@Command(
        name = "create",
        description = {
            "Crawl a site again and again: each run asks only for what has changed since the last"
                    + " one",
            "and says what that is. POST /api/schedules takes every other option of a job."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner schedules create docs https://docs.example.com/ --every 6h",
            "  gleaner schedules create docs https://docs.example.com/ --cron '0 3 * * 1-5'"
        })
public final class SchedulesCreateCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What it is called.")
    private @Nullable String name;

    @Parameters(paramLabel = "URL", description = "Where each crawl starts.")
    private @Nullable String url;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            description = "The distance between two runs, like 6h; this or --cron.")
    private @Nullable String every;

    @Option(
            names = "--cron",
            paramLabel = "FIELDS",
            description =
                    "Minute, hour, day of month, month and day of week, like '0 3 * * 1-5'; this"
                            + " or --every.")
    private @Nullable String cron;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "Whose clock --cron goes by, like Europe/Zurich (default UTC).")
    private @Nullable String zone;

    @Option(
            names = "--jitter",
            paramLabel = "TIME",
            description = "How much later a run begins at most (default 30s).")
    private @Nullable String jitter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Most pages of one crawl (default ${DEFAULT-VALUE}).")
    private int limit = CrawlSpec.LIMIT_DEFAULT;

    @Option(
            names = "--max-depth",
            paramLabel = "N",
            description = "Most links from the start to a page (default ${DEFAULT-VALUE}).")
    private int maxDepth = CrawlSpec.MAX_DEPTH_DEFAULT;

    @Option(
            names = "--include",
            paramLabel = "REGEX",
            description = "Only pages whose path and query match; may be repeated.")
    private List<String> include = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "REGEX",
            description = "No pages whose path and query match; may be repeated.")
    private List<String> exclude = List.of();

    @Mixin private final ServerOptions server = new ServerOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    public SchedulesCreateCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        if ((every == null) == (cron == null)) {
            throw CommandFailure.usage("exactly one of --every and --cron is needed");
        }
        String answer = server.client(environment).post("/api/schedules", body());
        streams.out().print(server.json() ? answer.strip() + "\n" : ScheduleSheet.of(answer));
        return ExitCodes.OK;
    }

    private String body() {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        put(body, "name", name);
        put(body, "every", every);
        put(body, "cron", cron);
        put(body, "zone", zone);
        put(body, "jitter", jitter);
        ObjectNode crawl = body.putObject("job").putObject("crawl");
        put(crawl, "url", url);
        crawl.put("limit", limit);
        crawl.put("maxDepth", maxDepth);
        include.forEach(crawl.putArray("include")::add);
        exclude.forEach(crawl.putArray("exclude")::add);
        return body.toString();
    }

    private static void put(ObjectNode body, String key, @Nullable String value) {
        if (value != null) {
            body.put(key, value);
        }
    }
}
