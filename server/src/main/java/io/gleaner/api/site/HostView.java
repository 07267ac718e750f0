package io.gleaner.api.site;

import io.gleaner.api.jobs.Wait;
import io.gleaner.api.port.HostPoliteness;
import io.gleaner.store.HostStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host queue and our restraint towards it.
 *
 * @param notBefore until when it waits, or null when it does not or nobody knows
 * @param waitReason why it waits, one clause for people, or null when it does not
 * @param why one sentence: why it waits, or what it does if it does not
 */
public record HostView(
        String name,
        long backlog,
        @Nullable String leasedBy,
        @Nullable Instant notBefore,
        int failures,
        Duration crawlDelay,
        @Nullable String waitReason,
        @Nullable Robots robots,
        @Nullable Integer slots,
        @Nullable Integer inFlight,
        @Nullable Duration delay,
        String why) {

    /** What robots.txt came to, for how long. */
    record Robots(String verdict, @Nullable Instant fetchedAt, @Nullable Instant expiresAt) {}

    public static HostView of(HostStatus host, Optional<HostPoliteness> politeness, Instant now) {
        HostPoliteness local = politeness.orElse(null);
        Wait wait = Wait.of(host, local, now).orElse(null);
        return new HostView(
                host.name(),
                host.backlog(),
                host.leasedBy(),
                wait == null ? null : wait.until(),
                host.failures(),
                host.crawlDelay(),
                wait == null ? null : wait.reason(),
                local == null ? null : robots(local),
                local == null ? null : local.slots(),
                local == null ? null : local.inFlight(),
                local == null ? null : local.delay(),
                why(host, wait));
    }

    /** Without what tells of others: who works on the queue, how much of it, and since when. */
    HostView ofOneTenant() {
        return new HostView(
                name,
                backlog,
                null,
                notBefore,
                failures,
                crawlDelay,
                waitReason,
                robots == null ? null : new Robots(robots.verdict(), null, null),
                slots,
                null,
                delay,
                why);
    }

    private static @Nullable Robots robots(HostPoliteness local) {
        return local.robots() == null
                ? null
                : new Robots(local.robots(), local.robotsFetchedAt(), local.robotsExpiresAt());
    }

    private static String why(HostStatus host, @Nullable Wait wait) {
        if (host.backlog() == 0) {
            return "Nothing is queued for this host.";
        }
        if (wait == null) {
            return "It is being fetched.";
        }
        return wait.until() == null
                ? "It waits, because %s.".formatted(wait.reason())
                : "It waits until %s, because %s.".formatted(wait.until(), wait.reason());
    }
}
