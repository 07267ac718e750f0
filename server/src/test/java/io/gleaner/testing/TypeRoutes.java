package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Bodies by type and by content encoding, and bodies that are not what they claim to be. */
final class TypeRoutes {

    private static final String PLAIN =
            "<html><head><title>Plain</title></head><body><p>A page without frills.</p></body>"
                    + "</html>\n";

    private TypeRoutes() {}

    static void addTo(TestSite site) {
        site.route("/empty", (r, out) -> out.html(""))
                .route("/blank", (r, out) -> out.html(" \n\t\n"))
                .route("/binary-as-html", (r, out) -> out.send(200, "text/html", noise()))
                .route("/type/pdf", (r, out) -> send(out, "application/pdf", "%PDF-1.7\n%end\n"))
                .route("/type/image", (r, out) -> out.send(200, "image/png", noise()))
                .route("/type/xhtml", (r, out) -> send(out, "application/xhtml+xml", PLAIN))
                .route("/text-plain", (r, out) -> out.text("Plain text & <nothing> else.\n"))
                .route("/json", (r, out) -> send(out, "application/json", "{\"answer\": 42}\n"))
                .route("/no-content-type", (r, out) -> send(out, "", PLAIN))
                .route("/echo", TypeRoutes::echo);
        addEncodings(site);
    }

    private static void addEncodings(TestSite site) {
        site.route(
                        "/encoded/gzip",
                        (r, out) -> encoded(out, "gzip", BrokenRoutes.gzip(page("gzip"))))
                .route("/encoded/deflate", (r, out) -> encoded(out, "deflate", deflate(false)))
                .route("/encoded/raw-deflate", (r, out) -> encoded(out, "deflate", deflate(true)))
                .route("/encoded/br", (r, out) -> encoded(out, "br", brotli()))
                .route(
                        "/encoded/zstd",
                        (r, out) -> encoded(out, "zstd", Zstd.compress(page("zstd"))))
                .route("/encoded/identity", (r, out) -> encoded(out, "identity", page("identity")))
                .route("/encoded/none", (r, out) -> encoded(out, "none", page("none")))
                .route("/encoded/utf-8", (r, out) -> encoded(out, "UTF-8", page("utf-8")))
                .route("/encoded/twice", TypeRoutes::twice)
                .route("/encoded/unknown", (r, out) -> encoded(out, "x-secret", noise()));
    }

    private static void twice(RecordedRequest request, RawResponse out) throws IOException {
        byte[] once = BrokenRoutes.gzip(page("gzip, gzip"));
        encoded(out, "gzip, gzip", BrokenRoutes.gzip(once));
    }

    // The request as it came, so a test can look at it through the client's eyes.
    private static void echo(RecordedRequest request, RawResponse out) throws IOException {
        var text = new StringBuilder(request.method() + " " + request.path() + "\n");
        request.headers().forEach((name, value) -> text.append(name + ": " + value + "\n"));
        out.html(
                "<html><head><title>Echo</title></head><body><pre>%s</pre></body></html>"
                        .formatted(text.toString().replace("&", "&amp;").replace("<", "&lt;")));
    }

    private static void send(RawResponse out, String contentType, String body) throws IOException {
        out.send(200, contentType, body.getBytes(UTF_8));
    }

    private static void encoded(RawResponse out, String encoding, byte[] body) throws IOException {
        out.header("Content-Encoding", encoding).send(200, "text/html; charset=utf-8", body);
    }

    private static byte[] page(String encoding) {
        return """
        <html><head><title>Encoded</title></head><body><p>This page was sent with \
        Content-Encoding %s.</p></body></html>
        """
                .formatted(encoding)
                .getBytes(UTF_8);
    }

    private static byte[] brotli() {
        return BombRoutes.resource("page.br.bin"); // no encoder for brotli in Java
    }

    // Raw deflate is wrong by RFC 9110, section 8.4.1.2, and servers send it all the same.
    private static byte[] deflate(boolean raw) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, raw);
        try (var out = new DeflaterOutputStream(bytes, deflater)) {
            out.write(page("deflate"));
        } finally {
            deflater.end();
        }
        return bytes.toByteArray();
    }

    private static byte[] noise() {
        byte[] bytes = new byte[16 * 1024];
        new Random(42).nextBytes(bytes);
        return bytes;
    }
}
