package io.gleaner.app;

import io.gleaner.budget.Budgets;
import io.gleaner.database.DatabaseConfig;
import io.gleaner.objects.ObjectsConfig;
import io.gleaner.redis.RedisConfig;
import io.gleaner.seal.Sealer;
import io.gleaner.store.SubmitConfig;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads settings from {@code GLEANER_*} variables. An empty one counts as unset. */
final class EnvironmentVariables {

    private final Map<String, String> environment;

    private EnvironmentVariables(Map<String, String> environment) {
        this.environment = environment;
    }

    static void apply(Map<String, String> environment, Settings.Draft draft) {
        var variables = new EnvironmentVariables(environment);
        variables.text("GLEANER_DATA", value -> draft.data = Path.of(value));
        variables.text("GLEANER_DATABASE_URL", value -> draft.databaseUrl = value);
        variables.text("GLEANER_SECRET_KEY", value -> draft.secretKey = secretKey(value));
        variables.text("GLEANER_REDIS_URL", value -> draft.redis = redis(value));
        variables.objects(draft);
        variables.list("GLEANER_ROLES", value -> draft.roles = roles(value));
        variables.text("GLEANER_HOST", value -> draft.host = value);
        variables.flag("GLEANER_OPEN", value -> draft.open = value);
        variables.number("GLEANER_PORT", 0, 65_535, value -> draft.port = value);
        variables.number("GLEANER_HEALTH_PORT", 0, 65_535, value -> draft.healthPort = value);
        variables.number(
                "GLEANER_CONNECTIONS",
                1,
                1_000_000,
                value -> draft.connections = draft.connections.withConnections(value));
        variables.number(
                "GLEANER_CONNECTIONS_PER_ADDRESS",
                1,
                1_000_000,
                value -> draft.connections = draft.connections.withPerAddress(value));
        variables.number(
                "GLEANER_STREAMS_PER_KEY",
                1,
                1_000_000,
                value -> draft.connections = draft.connections.withStreamsPerKey(value));
        variables.flag(
                "GLEANER_ALLOW_PRIVATE_NETWORKS", value -> draft.allowPrivateNetworks = value);
        variables.list("GLEANER_ALLOW_ADDRESSES", value -> draft.allowCidrs = value);
        variables.text("GLEANER_CONTACT", value -> draft.contact = value);
        variables.number("GLEANER_HOST_SLOTS", 1, 1_000, value -> draft.hostSlots = value);
        variables.time("GLEANER_CRAWL_DELAY_MIN", value -> draft.crawlDelayMin = value);
        variables.time("GLEANER_CRAWL_DELAY_MAX", value -> draft.crawlDelayMax = value);
        variables.time("GLEANER_RETRY_AFTER_MAX", value -> draft.retryAfterMax = value);
        variables.number("GLEANER_CONCURRENCY", 1, 100_000, value -> draft.concurrency = value);
        variables.text("GLEANER_BROWSER", value -> draft.browser = value);
        variables.flag("GLEANER_BROWSER_SANDBOX", value -> draft.browserSandbox = value);
        variables.number("GLEANER_BROWSER_TABS", 1, 100, value -> draft.browserTabs = value);
        variables.number("GLEANER_ATTEMPTS_MAX", 1, 100, value -> draft.attemptsMax = value);
        variables.number("GLEANER_REFUSALS_MAX", 1, 100, value -> draft.refusalsMax = value);
        variables.number(
                "GLEANER_DATABASE_CONNECTIONS",
                DatabaseConfig.CONNECTIONS_MIN,
                DatabaseConfig.CONNECTIONS_MAX,
                value -> draft.databaseConnections = value);
        variables.number(
                "GLEANER_STATUS_CACHE_BYTES",
                0,
                Integer.MAX_VALUE,
                value -> draft.statusCacheBytes = value);
        variables.time("GLEANER_SHUTDOWN_DELAY", value -> draft.shutdownDelay = value);
        variables.number(
                "GLEANER_BUDGET_MIB",
                (int) (Budgets.BYTES_MIN >> 20),
                1 << 20,
                value -> draft.budgetBytes = (long) value << 20);
        variables.number(
                "GLEANER_SUBMIT_BATCH",
                1,
                SubmitConfig.BATCH_MAX,
                value -> draft.submit = draft.submit.withBatchMax(value));
        variables.number(
                "GLEANER_BACKLOG_MAX",
                1,
                Integer.MAX_VALUE,
                value -> draft.submit = draft.submit.withBacklogMax(value));
        variables.number(
                "GLEANER_RETENTION_DAYS",
                1,
                Settings.RETENTION_DAYS_MAX,
                value -> draft.retention = Period.ofDays(value));
        variables.time("GLEANER_ROBOTS_TTL", value -> draft.robotsTtl = value);
        variables.flag("GLEANER_JFR", value -> draft.flightRecorder = value);
        variables.text("GLEANER_LOG_FORMAT", value -> draft.logFormat = logFormat(value));
    }

    /** Checked here, where the variable can be named; its value is not repeated. */
    private static String secretKey(String value) {
        try {
            var _ = Sealer.of(value);
            return value;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("GLEANER_SECRET_KEY: " + e.getMessage(), e);
        }
    }

    /** A bucket turns it on; what else there is says where it is. */
    private void objects(Settings.Draft draft) {
        String bucket = given("GLEANER_S3_BUCKET");
        if (bucket == null) {
            for (String other :
                    List.of("ENDPOINT", "REGION", "PREFIX", "ACCESS_KEY", "SECRET_KEY")) {
                if (given("GLEANER_S3_" + other) != null) {
                    throw new IllegalArgumentException(
                            "GLEANER_S3_%s is set and GLEANER_S3_BUCKET is not: set both or none"
                                    .formatted(other));
                }
            }
            return;
        }
        String endpoint = given("GLEANER_S3_ENDPOINT");
        String accessKey = given("GLEANER_S3_ACCESS_KEY");
        String secretKey = given("GLEANER_S3_SECRET_KEY");
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException(
                    "one of GLEANER_S3_ACCESS_KEY and GLEANER_S3_SECRET_KEY is set: set both or"
                            + " none");
        }
        try {
            draft.objects =
                    new ObjectsConfig(
                            bucket,
                            endpoint == null ? null : new URI(endpoint),
                            Objects.requireNonNullElse(
                                    given("GLEANER_S3_REGION"), ObjectsConfig.REGION_DEFAULT),
                            Objects.requireNonNullElse(given("GLEANER_S3_PREFIX"), ""),
                            accessKey == null || secretKey == null
                                    ? null
                                    : new ObjectsConfig.Credentials(accessKey, secretKey));
        } catch (URISyntaxException e) {
            // Its text may have a password in it.
            throw new IllegalArgumentException(
                    "GLEANER_S3_ENDPOINT: accepted is a URL like https://s3.example.com:9000", e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("GLEANER_S3_*: " + e.getMessage(), e);
        }
    }

    private @Nullable String given(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private static RedisConfig redis(String url) {
        try {
            return RedisConfig.of(url);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("GLEANER_REDIS_URL: " + e.getMessage(), e);
        }
    }

    private static Set<Role> roles(List<String> names) {
        var roles = EnumSet.noneOf(Role.class);
        for (String name : names) {
            try {
                roles.add(Role.valueOf(name.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw refused(
                        "GLEANER_ROLES",
                        name,
                        "api, worker, renderer, maintenance, joined by commas");
            }
        }
        return roles;
    }

    private static LogFormat logFormat(String name) {
        try {
            return LogFormat.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw refused("GLEANER_LOG_FORMAT", name, "text or json");
        }
    }

    private void text(String name, Consumer<String> setting) {
        String value = environment.get(name);
        if (value != null && !value.isBlank()) {
            setting.accept(value.strip());
        }
    }

    private void list(String name, Consumer<List<String>> setting) {
        text(
                name,
                value ->
                        setting.accept(
                                Arrays.stream(value.split(",", -1)).map(String::strip).toList()));
    }

    private void number(String name, int min, int max, Consumer<Integer> setting) {
        String accepted = "a whole number from %d to %d".formatted(min, max);
        text(
                name,
                value -> {
                    int number;
                    try {
                        number = Integer.parseInt(value);
                    } catch (NumberFormatException e) {
                        throw refused(name, value, accepted);
                    }
                    if (number < min || number > max) {
                        throw refused(name, value, accepted);
                    }
                    setting.accept(number);
                });
    }

    private void flag(String name, Consumer<Boolean> setting) {
        text(
                name,
                value -> {
                    switch (value.toLowerCase(Locale.ROOT)) {
                        case "true", "yes", "1" -> setting.accept(true);
                        case "false", "no", "0" -> setting.accept(false);
                        default -> throw refused(name, value, "true or false");
                    }
                });
    }

    private void time(String name, Consumer<Duration> setting) {
        text(
                name,
                value -> {
                    try {
                        setting.accept(duration(value));
                    } catch (DateTimeParseException | NumberFormatException e) {
                        throw refused(name, value, "a time like 250ms, 30s, 5m, 24h or PT30S");
                    }
                });
    }

    private static Duration duration(String value) {
        if (value.startsWith("P")) {
            return Duration.parse(value);
        }
        if (value.endsWith("ms")) {
            return Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)));
        }
        return Duration.parse("PT" + value.toUpperCase(Locale.ROOT));
    }

    private static IllegalArgumentException refused(String name, String value, String accepted) {
        return new IllegalArgumentException(
                "%s is '%s': accepted is %s".formatted(name, value, accepted));
    }
}
