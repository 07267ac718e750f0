package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Answers that break off or are not HTTP. */
final class BrokenRoutes {

    private static final String START = "<html><head><title>Broken</title></head><body><p>Half a";

    private BrokenRoutes() {}

    static void addTo(TestSite site) {
        site.route("/reset-at-once", (request, out) -> out.reset())
                .route("/reset-in-the-middle", BrokenRoutes::resetInTheMiddle)
                .route("/closed-at-once", (request, out) -> {})
                .route("/truncated-body", BrokenRoutes::truncatedBody)
                .route("/truncated-gzip", BrokenRoutes::truncatedGzip)
                .route("/not-gzip", BrokenRoutes::notGzip)
                .route("/partial", BrokenRoutes::partial)
                .route("/surplus", BrokenRoutes::surplus)
                .route("/broken-chunk", BrokenRoutes::brokenChunk)
                .route("/truncated-chunks", BrokenRoutes::truncatedChunks)
                .route("/not-http", (request, out) -> out.write("220 mail.example ESMTP\r\n"));
    }

    private static void resetInTheMiddle(RecordedRequest request, RawResponse out)
            throws IOException {
        out.header("Content-Type", "text/html")
                .header("Content-Length", "100000")
                .head(200)
                .write(START)
                .reset();
    }

    private static void truncatedBody(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Type", "text/html")
                .header("Content-Length", "100000")
                .head(200)
                .write(START);
    }

    // The HTTP message is whole; the gzip stream inside it is not.
    private static void truncatedGzip(RecordedRequest request, RawResponse out) throws IOException {
        byte[] whole = gzip((START + " sentence</p>".repeat(500)).getBytes(UTF_8));
        out.header("Content-Encoding", "gzip");
        out.send(200, "text/html", Arrays.copyOf(whole, whole.length / 2));
    }

    private static void notGzip(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Encoding", "gzip").html(START);
    }

    private static void partial(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Range", "bytes 0-%d/100000".formatted(START.length() - 1))
                .send(206, "text/html", START.getBytes(UTF_8));
    }

    // Behind the answer is another, as a host would send it that lost count.
    private static void surplus(RecordedRequest request, RawResponse out) throws IOException {
        out.html(START);
        out.exactly("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nsurplus");
    }

    private static void brokenChunk(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Type", "text/html").header("Transfer-Encoding", "chunked").head(200);
        out.write(Integer.toHexString(START.length()) + "\r\n" + START + "\r\nnot-a-number\r\n");
    }

    private static void truncatedChunks(RecordedRequest request, RawResponse out)
            throws IOException {
        out.header("Content-Type", "text/html").header("Transfer-Encoding", "chunked").head(200);
        out.write(Integer.toHexString(START.length() + 100) + "\r\n" + START);
    }

    static byte[] gzip(byte[] plain) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
