package io.gleaner.postgres;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where the embedded database lies and how it is run.
 *
 * @param dataFolder made if missing; one Gleaner process at a time owns it
 * @param startTimeout longest wait for the server, crash recovery included; 1 second to 1 day
 * @param settings of postgresql.conf, over Gleaner's own, such as {@code shared_buffers}; with
 *     {@code port} the port is fixed, otherwise it is a free one
 */
public record EmbeddedPostgresConfig(
        Path dataFolder, Duration startTimeout, Map<String, String> settings) {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration START_TIMEOUT_MIN = Duration.ofSeconds(1);
    private static final Duration START_TIMEOUT_MAX = Duration.ofDays(1);
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_.]{0,62}");

    public EmbeddedPostgresConfig {
        if (startTimeout.compareTo(START_TIMEOUT_MIN) < 0
                || startTimeout.compareTo(START_TIMEOUT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "startTimeout must be between %s and %s: %s"
                            .formatted(START_TIMEOUT_MIN, START_TIMEOUT_MAX, startTimeout));
        }
        settings = Map.copyOf(settings);
        settings.forEach(EmbeddedPostgresConfig::check);
    }

    public static EmbeddedPostgresConfig of(Path dataFolder) {
        return new EmbeddedPostgresConfig(dataFolder, START_TIMEOUT, Map.of());
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "not the name of a PostgreSQL setting (a-z, 0-9, _ and .): " + name);
        }
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "the PostgreSQL setting " + name + " has a control character in its value");
        }
    }
}
