package io.gleaner.politeness;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import io.gleaner.job.FaultCode;
import io.gleaner.politeness.RobotsResponse.Absent;
import io.gleaner.politeness.RobotsResponse.Found;
import io.gleaner.politeness.RobotsResponse.Unreachable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Turns a response into rules, as RFC 9309 sections 2.2 and 2.3.1 say. */
final class RobotsReader {

    /** What a file weighs besides its text: key, times, parsed objects. */
    static final int WEIGHT_BASE_BYTES = 512;

    static final int SITEMAPS_MAX = 1_000;

    // A longer delay is judged by Permission.DelayTooLong; the parser would only forbid everything.
    private static final long PARSER_DELAY_MAX_MS = Long.MAX_VALUE;

    private static final int TOO_MANY_REQUESTS = 429;

    private final PolitenessConfig config;
    private final List<String> agentTokens;

    RobotsReader(PolitenessConfig config) {
        this.config = config;
        this.agentTokens = List.of(config.agentToken().toLowerCase(Locale.ROOT));
    }

    RobotsFile read(String origin, RobotsResponse response, Instant now) {
        return switch (response) {
            case Found(var body) -> found(origin, body, now);
            case Absent(var status) when status == TOO_MANY_REQUESTS ->
                    closed(origin, FaultCode.THROTTLED, "robots.txt answered 429", now);
            case Absent(var status) ->
                    open(
                            origin,
                            "absent",
                            "robots.txt answered " + status + ", which allows everything",
                            new SimpleRobotRules(RobotRulesMode.ALLOW_ALL),
                            0,
                            now);
            case Unreachable(var cause, var detail) -> closed(origin, cause, detail, now);
        };
    }

    RobotsFile closed(String origin, FaultCode cause, String detail, Instant now) {
        return new RobotsFile.Closed(origin, cause, detail, now, now.plus(config.robotsRetry()));
    }

    private RobotsFile found(String origin, byte[] body, Instant now) {
        var counted = withinLimit(body);
        // Warnings of the parser are switched off (0): other people's typos are not our log's news.
        var rules =
                new SimpleRobotRulesParser(PARSER_DELAY_MAX_MS, 0)
                        .parseContent(origin + "/robots.txt", counted, "text/plain", agentTokens);
        rules.sortRules();
        var detail =
                "%d bytes, %d rules for us".formatted(body.length, rules.getRobotRules().size());
        return open(origin, "found", detail, rules, counted.length, now);
    }

    private RobotsFile open(
            String origin,
            String status,
            String detail,
            SimpleRobotRules rules,
            int bytes,
            Instant now) {
        return new RobotsFile.Open(
                origin,
                status,
                detail,
                rules,
                crawlDelay(rules),
                sitemaps(rules),
                WEIGHT_BASE_BYTES + 2 * bytes,
                now,
                now.plus(config.robotsTtl()));
    }

    // A rule cut in two would be another rule ("/" out of "/private"), so the cut is at a line end.
    private byte[] withinLimit(byte[] body) {
        int end = config.robotsMaxBytes();
        if (body.length <= end) {
            return body;
        }
        while (end > 0 && body[end] != '\n' && body[end] != '\r') {
            end--;
        }
        return Arrays.copyOf(body, end);
    }

    private static Duration crawlDelay(BaseRobotRules rules) {
        long millis = rules.getCrawlDelay();
        return millis > 0 ? Duration.ofMillis(millis) : Duration.ZERO; // also unset, and nonsense
    }

    private static List<URI> sitemaps(BaseRobotRules rules) {
        return rules.getSitemaps().stream()
                .limit(SITEMAPS_MAX)
                .flatMap(sitemap -> Origins.httpUri(sitemap).stream())
                .distinct()
                .toList();
    }
}
