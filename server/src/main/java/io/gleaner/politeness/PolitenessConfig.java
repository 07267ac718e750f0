package io.gleaner.politeness;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * How gently hosts are treated.
 *
 * @param agentToken product token that robots.txt groups are matched with (RFC 9309 section 2.2.1)
 * @param crawlDelayMin kept between the starts of two requests, even if robots.txt asks for less
 * @param crawlDelayMax longest delay obeyed; a host that asks for more is refused
 * @param hostSlots most requests in flight to one host at once
 * @param robotsTtl how long a robots.txt that was read, or is missing, counts
 * @param robotsRetry how long a robots.txt that could not be read forbids its origin
 * @param robotsMaxBytes rules after this many bytes do not count
 * @param robotsCacheBytes most bytes of robots.txt files kept in memory
 * @param backoffMin shortest pause of a host that throttles or fails
 * @param backoffMax longest such pause of a host that does not say for how long
 * @param retryAfterMax longest Retry-After obeyed; of a longer one, so much
 * @param paceIdle how long the pace of a host is remembered after its last use
 * @param pacesMax most hosts whose pace is remembered; those in use are kept beyond it
 */
public record PolitenessConfig(
        String agentToken,
        Duration crawlDelayMin,
        Duration crawlDelayMax,
        int hostSlots,
        Duration robotsTtl,
        Duration robotsRetry,
        int robotsMaxBytes,
        long robotsCacheBytes,
        Duration backoffMin,
        Duration backoffMax,
        Duration retryAfterMax,
        Duration paceIdle,
        int pacesMax) {

    public static final int HOST_SLOTS_MAX = 1_000;

    /** RFC 9309 section 2.5: a parser must accept at least this many bytes. */
    public static final int ROBOTS_BYTES_STANDARD = 500 * 1024;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z_-]{1,64}");

    public PolitenessConfig {
        require(
                TOKEN.matcher(agentToken).matches(),
                "agentToken must be 1 to 64 letters, '_' or '-'",
                agentToken);
        require(!crawlDelayMin.isNegative(), "crawlDelayMin must not be negative", crawlDelayMin);
        require(
                crawlDelayMax.compareTo(crawlDelayMin) >= 0,
                "crawlDelayMax must be at least crawlDelayMin " + crawlDelayMin,
                crawlDelayMax);
        require(
                hostSlots >= 1 && hostSlots <= HOST_SLOTS_MAX,
                "hostSlots must be 1 to " + HOST_SLOTS_MAX,
                hostSlots);
        require(robotsTtl.isPositive(), "robotsTtl must be positive", robotsTtl);
        require(robotsRetry.isPositive(), "robotsRetry must be positive", robotsRetry);
        require(robotsMaxBytes >= 1, "robotsMaxBytes must be at least 1", robotsMaxBytes);
        require(robotsCacheBytes >= 1, "robotsCacheBytes must be at least 1", robotsCacheBytes);
        require(backoffMin.isPositive(), "backoffMin must be positive", backoffMin);
        require(
                backoffMax.compareTo(backoffMin) >= 0,
                "backoffMax must be at least backoffMin " + backoffMin,
                backoffMax);
        require(
                retryAfterMax.compareTo(backoffMin) >= 0,
                "retryAfterMax must be at least backoffMin " + backoffMin,
                retryAfterMax);
        require(paceIdle.isPositive(), "paceIdle must be positive", paceIdle);
        require(pacesMax >= 1, "pacesMax must be at least 1", pacesMax);
    }

    /**
     * No delay unless robots.txt asks for one, up to eight requests in flight where all is well.
     */
    public static PolitenessConfig standard() {
        return new PolitenessConfig(
                "Gleaner",
                Duration.ZERO,
                Duration.ofSeconds(60),
                8,
                Duration.ofHours(24),
                Duration.ofMinutes(1),
                ROBOTS_BYTES_STANDARD,
                32L * 1024 * 1024,
                Duration.ofSeconds(1),
                Duration.ofMinutes(15),
                Duration.ofHours(1),
                Duration.ofMinutes(10),
                10_000);
    }

    private static void require(boolean holds, String rule, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(rule + ": " + value);
        }
    }
}
