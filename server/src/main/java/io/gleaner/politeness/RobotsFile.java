package io.gleaner.politeness;

import crawlercommons.robots.SimpleRobotRules;
import io.gleaner.job.FaultCode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What is remembered of one origin's robots.txt. */
sealed interface RobotsFile {

    String origin();

    Instant fetchedAt();

    Instant expiresAt();

    /** Roughly what it holds in memory. */
    int weightBytes();

    RobotsView view();

    /**
     * Rules to go by; none of them if the file is missing.
     *
     * @param status {@code found} or {@code absent}
     * @param crawlDelay zero if none is asked for
     */
    record Open(
            String origin,
            String status,
            String detail,
            SimpleRobotRules rules,
            Duration crawlDelay,
            List<URI> sitemaps,
            int weightBytes,
            Instant fetchedAt,
            Instant expiresAt)
            implements RobotsFile {

        @Override
        public RobotsView view() {
            return new RobotsView(origin, status, detail, crawlDelay, fetchedAt, expiresAt);
        }
    }

    /** Could not be read: everything is forbidden until it expires. */
    record Closed(
            String origin, FaultCode cause, String detail, Instant fetchedAt, Instant expiresAt)
            implements RobotsFile {

        @Override
        public int weightBytes() {
            return RobotsReader.WEIGHT_BASE_BYTES;
        }

        @Override
        public RobotsView view() {
            return new RobotsView(
                    origin, "unreachable", detail, Duration.ZERO, fetchedAt, expiresAt);
        }
    }
}
