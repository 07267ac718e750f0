package io.gleaner.perf.chaos;

import java.time.Duration;
import java.util.List;

/**
 * How {@code bench outage} runs.
 *
 * @param modes what happens to PostgreSQL, one run each
 * @param outage how long it is away
 * @param before time of load before that
 * @param after time of load after its return
 * @param submissionsPerSecond in an open loop, each with a key and a URL of its own
 * @param readsPerSecond of the crawl's state, in another
 * @param pages that the crawl has
 */
public record OutageSettings(
        List<Mode> modes,
        Duration outage,
        Duration before,
        Duration after,
        int submissionsPerSecond,
        int readsPerSecond,
        int pages) {

    /** What happens to PostgreSQL. */
    public enum Mode {
        /** {@code pg_ctl stop -m fast}: connections break, new ones are refused. */
        STOP,
        /** SIGSTOP for all of its processes: connections stay, and nobody answers. */
        FREEZE
    }

    /** The wait for a connection (3 s), for its answer (5 s and 1 s), and a second to say so. */
    static final double DEADLINE_SECONDS = 10;

    /** Once the service knows that the database is away. */
    static final double REFUSED_SECONDS_MAX = 1;

    static final double RESUMED_SECONDS_MAX = 5;

    public OutageSettings {
        modes = List.copyOf(modes);
        if (modes.isEmpty()
                || submissionsPerSecond < 1
                || readsPerSecond < 1
                || pages < 1
                || outage.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "outage must be at least 1s and rates and pages at least 1: %s, %d, %d, %d"
                            .formatted(outage, submissionsPerSecond, readsPerSecond, pages));
        }
    }

    Duration inAll() {
        return before.plus(outage).plus(after);
    }
}
