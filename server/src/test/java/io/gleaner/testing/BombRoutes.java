package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Bodies that are too large, most of them only once they are decompressed. */
final class BombRoutes {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int BOMB_MEBIBYTES = 1024;
    private static final int PLAIN_MEBIBYTES = 200;
    private static final byte[] START =
            "<html><head><title>Bomb</title></head><body><p>".getBytes(UTF_8);

    private BombRoutes() {}

    static void addTo(TestSite site) {
        site.route("/gzip-bomb", (request, out) -> bomb("gzip", GZIPOutputStream::new, out))
                .route("/zstd-bomb", (request, out) -> bomb("zstd", ZstdOutputStream::new, out))
                .route("/brotli-bomb", BombRoutes::brotli)
                .route("/body-200mb", BombRoutes::plain);
    }

    /** Wraps a stream into one that compresses. */
    private interface Coding {
        OutputStream over(OutputStream out) throws IOException;
    }

    // Generated as it is sent, so the site itself never holds it.
    private static void bomb(String encoding, Coding coding, RawResponse out) throws IOException {
        out.header("Content-Type", "text/html")
                .header("Content-Encoding", encoding)
                .header("Transfer-Encoding", "chunked")
                .head(200);
        byte[] zeros = new byte[MEBIBYTE];
        try (OutputStream body = coding.over(new BufferedOutputStream(out.chunked(), 16 * 1024))) {
            body.write(START);
            for (int i = 0; i < BOMB_MEBIBYTES; i++) {
                body.write(zeros);
            }
        }
    }

    private static void brotli(RecordedRequest request, RawResponse out) throws IOException {
        out.header("Content-Encoding", "br").send(200, "text/html", resource("bomb-1gb.br.bin"));
    }

    private static void plain(RecordedRequest request, RawResponse out) throws IOException {
        byte[] block = "<p>Two hundred megabytes of this.".repeat(2000).getBytes(UTF_8);
        long length = (long) PLAIN_MEBIBYTES * MEBIBYTE;
        out.header("Content-Type", "text/html")
                .header("Content-Length", Long.toString(length))
                .head(200);
        for (long left = length; left > 0; left -= block.length) {
            out.write(left >= block.length ? block : Arrays.copyOf(block, (int) left));
        }
    }

    static byte[] resource(String name) {
        try (InputStream in = BombRoutes.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no test resource " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
