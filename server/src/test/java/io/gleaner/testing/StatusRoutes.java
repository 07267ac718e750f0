package io.gleaner.testing;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Answers that are a status: errors for good, errors for now, and requests to come back later. */
final class StatusRoutes {

    private static final Duration LATER = Duration.ofSeconds(1);
    private static final String OK =
            "<html><head><title>At last</title></head><body><p>It answers now.</p></body></html>\n";

    private StatusRoutes() {}

    static void addTo(TestSite site) {
        site.route("/status/*", (request, out) -> out.status(request.number(1)))
                .route("/429-seconds", (r, out) -> later(out, 429, seconds()))
                .route("/429-date", (r, out) -> later(out, 429, date()))
                .route("/429-plain", (r, out) -> out.status(429))
                .route("/503-seconds", (r, out) -> later(out, 503, seconds()))
                .route("/429-then-ok/*", (r, out) -> firstThen(r, out, 429, seconds()))
                .route("/429-date-then-ok/*", (r, out) -> firstThen(r, out, 429, date()))
                .route("/503-retry/*", (r, out) -> firstThen(r, out, 503, seconds()))
                .route("/503-retry", (r, out) -> later(out, 503, seconds()))
                .route("/500-then-ok/*", StatusRoutes::errorThenOk);
    }

    // /x-then-ok/{k}: k times later, then a page.
    private static void firstThen(
            RecordedRequest request, RawResponse out, int status, String retryAfter)
            throws IOException {
        if (request.ordinal() <= request.number(1)) {
            later(out, status, retryAfter);
        } else {
            out.html(OK);
        }
    }

    // /500-then-ok/{k}: k failures, then a page.
    private static void errorThenOk(RecordedRequest request, RawResponse out) throws IOException {
        if (request.ordinal() <= request.number(1)) {
            out.status(500);
        } else {
            out.html(OK);
        }
    }

    private static void later(RawResponse out, int status, String retryAfter) throws IOException {
        out.header("Retry-After", retryAfter).status(status);
    }

    private static String seconds() {
        return Long.toString(LATER.toSeconds());
    }

    private static String date() {
        // Whole seconds only: one more, or a date that rounds down to now asks for no wait at all.
        var at = InstantSource.system().instant().plus(LATER).plusSeconds(1);
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    }
}
