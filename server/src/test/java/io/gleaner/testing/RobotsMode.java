package io.gleaner.testing;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What {@code /robots.txt} answers.
 *
 * @param name for test names and failures
 * @param route the answer
 */
public record RobotsMode(String name, Route route) {

    /** RFC 9309, section 2.5: a crawler reads at least this much. */
    public static final int LIMIT_BYTES = 500 * 1024;

    private static final Duration SILENCE = Duration.ofMinutes(5);
    private static final String PRIVATE_RULES = "User-agent: *\nDisallow: /private\n";

    /** 404, which allows everything. */
    public static final RobotsMode MISSING = new RobotsMode("MISSING", (r, out) -> out.status(404));

    /** 500, which forbids everything for a while. */
    public static final RobotsMode ERROR_500 =
            new RobotsMode("ERROR_500", (r, out) -> out.status(500));

    /** Over the limit: {@code /private} is forbidden before it, {@code /about.html} after it. */
    public static final RobotsMode HUGE = text("HUGE", huge());

    /** An error page with status 200, as many sites send. */
    public static final RobotsMode HTML =
            new RobotsMode(
                    "HTML",
                    (r, out) ->
                            out.html("<html><body><h1>Not here</h1>\n<p>Disallow me</p></body>"));

    /** Three redirects to {@link #DENY_PRIVATE}'s rules. */
    public static final RobotsMode REDIRECTING =
            new RobotsMode("REDIRECTING", RobotsMode::redirect);

    /** Redirects that never arrive. */
    public static final RobotsMode REDIRECT_LOOP =
            new RobotsMode(
                    "REDIRECT_LOOP",
                    (r, out) -> out.redirect(302, "/robots.txt?" + r.ordinal() % 2));

    /** Accepts the request and says nothing. */
    public static final RobotsMode SLOW =
            new RobotsMode(
                    "SLOW",
                    (r, out) -> {
                        out.pause(SILENCE);
                        out.text(PRIVATE_RULES);
                    });

    /** Rules, and then comments for as long as someone reads them. */
    public static final RobotsMode ENDLESS = new RobotsMode("ENDLESS", StallRoutes::endlessRobots);

    /** A reset instead of an answer. */
    public static final RobotsMode RESET = new RobotsMode("RESET", (r, out) -> out.reset());

    public static final RobotsMode DENY_ALL = text("DENY_ALL", "User-agent: *\nDisallow: /\n");

    public static final RobotsMode DENY_PRIVATE = text("DENY_PRIVATE", PRIVATE_RULES);

    public static final RobotsMode ALLOW_ALL = text("ALLOW_ALL", "User-agent: *\nAllow: /\n");

    /** Names {@code /sitemap-index.xml} of the host that was asked. */
    public static final RobotsMode WITH_SITEMAP =
            new RobotsMode(
                    "WITH_SITEMAP",
                    (r, out) ->
                            out.text(
                                    "User-agent: *\nAllow: /\nSitemap: %s/sitemap-index.xml\n"
                                            .formatted(r.origin())));

    /** Allows everything, at a distance; part of a second is sent as a fraction. */
    public static RobotsMode crawlDelay(Duration delay) {
        String seconds =
                BigDecimal.valueOf(delay.toMillis(), 3).stripTrailingZeros().toPlainString();
        return text(
                "CRAWL_DELAY(" + seconds + ")",
                "User-agent: *\nCrawl-delay: %s\nDisallow:\n".formatted(seconds));
    }

    /** Any rules. */
    public static RobotsMode text(String name, String rules) {
        return new RobotsMode(name, (r, out) -> out.text(rules));
    }

    @Override
    public String toString() {
        return name;
    }

    // The hops are told apart by their query, so that they need no routes of their own.
    private static void redirect(RecordedRequest request, RawResponse out) throws IOException {
        int hop = request.query().isEmpty() ? 0 : Integer.parseInt(request.query());
        if (hop == 3) {
            out.text(PRIVATE_RULES);
        } else {
            out.redirect(302, "/robots.txt?" + (hop + 1));
        }
    }

    private static String huge() {
        var rules = new StringBuilder(PRIVATE_RULES);
        while (rules.length() < LIMIT_BYTES + 1024) {
            rules.append("# a comment of sixty-four bytes, so that lines stay short ........\n");
        }
        return rules.append("Disallow: /about.html\n").toString();
    }
}
