package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;

/** Answers that take their time, or never end. */
final class StallRoutes {

    private static final Duration SILENCE = Duration.ofMinutes(5);
    private static final Duration DRIP = Duration.ofMillis(20);
    private static final String PAGE =
            "<html><head><title>Slow</title></head><body><p>Slow, but whole.</p></body></html>\n";

    private StallRoutes() {}

    static void addTo(TestSite site) {
        site.route("/slow-header", StallRoutes::slowHeader)
                .route("/half-header", StallRoutes::halfHeader)
                .route("/slow-body", StallRoutes::slowBody)
                .route("/stalled-body", StallRoutes::stalledBody)
                .route("/never-ending", StallRoutes::neverEnding)
                .route("/slow-ok/*", StallRoutes::slowOk);
    }

    private static void slowHeader(RecordedRequest request, RawResponse out) throws IOException {
        out.pause(SILENCE);
        out.html(PAGE);
    }

    private static void halfHeader(RecordedRequest request, RawResponse out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Never-");
        out.pause(SILENCE);
    }

    // Bytes keep coming, so no timeout between two bytes ever fires; only one for the whole does.
    private static void slowBody(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Type", "text/html").head(200).write("<html><body><p>");
        for (Duration spent = Duration.ZERO;
                spent.compareTo(SILENCE) < 0;
                spent = spent.plus(DRIP)) {
            out.pause(DRIP);
            out.write("x");
        }
    }

    private static void stalledBody(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Type", "text/html")
                .header("Content-Length", "100000")
                .head(200)
                .write("<html><body><p>Then nothing");
        out.pause(SILENCE);
    }

    private static void neverEnding(RecordedRequest request, RawResponse out) throws IOException {
        endless(out, "text/html", "<p>And so on, and on, and on.</p>\n");
    }

    static void endlessRobots(RecordedRequest request, RawResponse out) throws IOException {
        endless(out, "text/plain", "# a comment\n");
    }

    // As fast as the client reads: only a limit on bytes ends it.
    private static void endless(RawResponse out, String contentType, String line)
            throws IOException {
        out.header("Content-Type", contentType).header("Transfer-Encoding", "chunked").head(200);
        byte[] lines = line.repeat(512).getBytes(UTF_8);
        try (OutputStream body = out.chunked()) {
            while (!Thread.currentThread().isInterrupted()) {
                body.write(lines);
            }
        }
    }

    // /slow-ok/{millis}
    private static void slowOk(RecordedRequest request, RawResponse out) throws IOException {
        out.pause(Duration.ofMillis(request.number(1)));
        out.html(PAGE);
    }
}
