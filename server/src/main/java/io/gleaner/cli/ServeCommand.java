package io.gleaner.cli;

import io.gleaner.app.Gleaner;
import io.gleaner.app.Role;
import io.gleaner.app.Settings;
import io.gleaner.cli.console.ExitCodes;
import io.gleaner.cli.console.Logs;
import io.gleaner.cli.console.StopSignals;
import io.gleaner.cli.console.Streams;
import io.gleaner.cli.option.DurationConverter;
import io.gleaner.cli.option.ServiceOptions;
import io.gleaner.cli.option.WholeNumber;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gleaner serve}: the service until a signal stops it. */
@Command(
        name = "serve",
        sortOptions = false,
        abbreviateSynopsis = true,
        description = {
            "Run the service: HTTP API, workers and database in one process.",
            "",
            "Prints its address when it is ready. SIGTERM or Ctrl-C stops it after the work in"
                + " hand; a second one stops it at once, and nothing accepted is lost either way."
        },
        footer = {
            "",
            "Examples:",
            "  gleaner serve",
            "  gleaner serve --port 9000 --data /var/lib/gleaner --contact ops@example.com",
            "  GLEANER_DATABASE_URL=postgresql://gleaner@db/gleaner gleaner serve"
        })
final class ServeCommand implements Callable<Integer> {

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "Address to listen on (GLEANER_HOST; default 127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = "--open",
            description =
                    "Serve callers without a key although there are, or were, keys; on 127.0.0.1"
                            + " only (GLEANER_OPEN; default no).")
    private boolean open;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = WholeNumber.Port.class,
            description = "Port to listen on, 0 for any free one (GLEANER_PORT; default 8080).")
    private @Nullable Integer port;

    @Option(
            names = "--health-port",
            paramLabel = "N",
            converter = WholeNumber.Port.class,
            description =
                    "Port on which probes are answered whatever the API does, 0 for any free one"
                            + " (GLEANER_HEALTH_PORT; default none of their own).")
    private @Nullable Integer healthPort;

    @Option(
            names = "--roles",
            paramLabel = "ROLE",
            split = ",",
            description =
                    "What this process does: api, worker, renderer, maintenance; processes with"
                        + " different roles share one --database-url (GLEANER_ROLES; default all).")
    private @Nullable List<Role> roles;

    @Option(
            names = "--database-connections",
            paramLabel = "N",
            converter = WholeNumber.DatabaseConnections.class,
            description =
                    "Connections of this process to the database"
                            + " (GLEANER_DATABASE_CONNECTIONS; default 16).")
    private @Nullable Integer databaseConnections;

    @Option(
            names = "--backlog-max",
            paramLabel = "N",
            converter = WholeNumber.BacklogMax.class,
            description =
                    "Queued URLs at which submissions are refused (GLEANER_BACKLOG_MAX; default 20"
                            + " million).")
    private @Nullable Integer backlogMax;

    @Option(
            names = "--retention-days",
            paramLabel = "N",
            converter = WholeNumber.RetentionDays.class,
            description =
                    "Days that jobs and their pages are kept (GLEANER_RETENTION_DAYS; default 30).")
    private @Nullable Integer retentionDays;

    @Option(
            names = "--shutdown-delay",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "After SIGTERM, how long the API serves on while /health/ready says no, for a"
                            + " load balancer to look elsewhere (GLEANER_SHUTDOWN_DELAY; default"
                            + " 0s).")
    private @Nullable Duration shutdownDelay;

    @Mixin private final ServiceOptions service = new ServiceOptions();

    private final Streams streams;
    private final Map<String, String> environment;

    ServeCommand(Streams streams, Map<String, String> environment) {
        this.streams = streams;
        this.environment = environment;
    }

    @Override
    public Integer call() throws InterruptedException {
        Logs.talkative(environment);
        Settings settings = settings();
        var stop = StopSignals.listen(() -> streams.say("stopping; once more stops at once"));
        try (Gleaner gleaner = Gleaner.start(settings, streams::endFor)) {
            streams.announce(
                    "gleaner is ready: http://%s:%d"
                            .formatted(authority(settings), gleaner.port()));
            stop.await();
        }
        return ExitCodes.OK;
    }

    private Settings settings() {
        Settings settings = service.settings(environment).with(draft -> draft.http = true);
        return settings.with(
                draft -> {
                    draft.roles = roles == null ? draft.roles : Set.copyOf(roles);
                    draft.host = host == null ? draft.host : host;
                    draft.open |= open;
                    draft.port = port == null ? draft.port : port;
                    draft.healthPort = healthPort == null ? draft.healthPort : healthPort;
                    draft.databaseConnections =
                            databaseConnections == null
                                    ? draft.databaseConnections
                                    : databaseConnections;
                    draft.submit =
                            backlogMax == null
                                    ? draft.submit
                                    : draft.submit.withBacklogMax(backlogMax);
                    draft.shutdownDelay =
                            shutdownDelay == null ? draft.shutdownDelay : shutdownDelay;
                    draft.retention =
                            retentionDays == null ? draft.retention : Period.ofDays(retentionDays);
                });
    }

    private static String authority(Settings settings) {
        return settings.host().contains(":") ? "[" + settings.host() + "]" : settings.host();
    }
}
