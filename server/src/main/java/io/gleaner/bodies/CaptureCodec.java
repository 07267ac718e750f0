package io.gleaner.bodies;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import io.gleaner.job.Capture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that came over the wire for one page, as it is kept: in one piece, compressed. */
public final class CaptureCodec {

    private static final int ZSTD_LEVEL = 1;
    private static final int EXCHANGE = 1;
    private static final int DOCUMENT = 2;

    private CaptureCodec() {}

    /** Null where there is nothing to keep. */
    public static byte @Nullable [] encode(List<Capture> captures) {
        if (captures.isEmpty()) {
            return null;
        }
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(captures.size());
            for (Capture capture : captures) {
                write(out, capture);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return Zstd.compress(bytes.toByteArray(), ZSTD_LEVEL);
    }

    private static void write(DataOutputStream out, Capture capture) throws IOException {
        out.writeByte(capture instanceof Capture.Exchange ? EXCHANGE : DOCUMENT);
        text(out, capture.url());
        out.writeLong(ChronoUnit.MICROS.between(Instant.EPOCH, capture.at()));
        switch (capture) {
            case Capture.Exchange exchange -> {
                text(out, exchange.protocol());
                text(out, exchange.requestHead());
                text(out, exchange.responseHead());
                out.writeBoolean(exchange.whole());
            }
            case Capture.Document document -> text(out, document.mediaType());
        }
        bytes(out, capture.body());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        bytes(out, text.getBytes(UTF_8));
    }

    private static void bytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    public static List<Capture> decode(byte[] compressed) {
        long size = Zstd.getFrameContentSize(compressed);
        byte[] bytes = Zstd.decompress(compressed, Math.toIntExact(size));
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            var captures = new ArrayList<Capture>();
            for (int left = in.readInt(); left > 0; left--) {
                captures.add(read(in));
            }
            return captures;
        } catch (IOException e) {
            throw new UncheckedIOException("a stored capture is not whole", e);
        }
    }

    private static Capture read(DataInputStream in) throws IOException {
        int kind = in.readByte();
        String url = text(in);
        Instant at = Instant.EPOCH.plus(in.readLong(), ChronoUnit.MICROS);
        return switch (kind) {
            case EXCHANGE -> {
                String protocol = text(in);
                String requestHead = text(in);
                String responseHead = text(in);
                boolean whole = in.readBoolean();
                yield new Capture.Exchange(
                        url, at, protocol, requestHead, responseHead, bytes(in), whole);
            }
            case DOCUMENT -> new Capture.Document(url, at, text(in), bytes(in));
            default -> throw new IOException("a kind that is not known: " + kind);
        };
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in), UTF_8);
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        return in.readNBytes(in.readInt());
    }
}
