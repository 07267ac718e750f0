package io.gleaner.api;

import io.gleaner.store.HostStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host queue and our restraint towards it.
 *
 * @param why one sentence: why it waits, or what it does if it does not
 */
record HostView(
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

    static HostView of(HostStatus host, Optional<HostPoliteness> politeness, Instant now) {
        HostPoliteness local = politeness.orElse(null);
        return new HostView(
                host.name(),
                host.backlog(),
                host.leasedBy(),
                host.notBefore(),
                host.failures(),
                host.crawlDelay(),
                host.waitReason(),
                local == null ? null : robots(local),
                local == null ? null : local.slots(),
                local == null ? null : local.inFlight(),
                local == null ? null : local.delay(),
                why(host, local, now));
    }

    private static @Nullable Robots robots(HostPoliteness local) {
        return local.robots() == null
                ? null
                : new Robots(local.robots(), local.robotsFetchedAt(), local.robotsExpiresAt());
    }

    private static String why(HostStatus host, @Nullable HostPoliteness local, Instant now) {
        Instant notBefore = host.notBefore();
        if (host.backlog() == 0) {
            return "Nothing is queued for this host.";
        }
        if (notBefore != null && notBefore.isAfter(now)) {
            return "It waits until %s, because %s."
                    .formatted(
                            notBefore,
                            host.waitReason() == null ? "its crawl delay runs" : host.waitReason());
        }
        if (host.leasedBy() == null) {
            return "It waits for a free worker.";
        }
        if (local != null && local.slots() > 0 && local.inFlight() >= local.slots()) {
            return "It is being fetched, with all of its %d slots in use.".formatted(local.slots());
        }
        if (local != null && local.delay().isPositive()) {
            return "It is being fetched, one request every %s."
                    .formatted(WireDuration.text(local.delay()));
        }
        return "It is being fetched.";
    }
}
