package io.gleaner.fetch;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import io.gleaner.job.FaultCode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;

/** One Content-Encoding (RFC 9110, 8.4.1; RFC 7932; RFC 8878) and how to undo it. */
enum ContentDecoding {
    GZIP {
        @Override
        InputStream open(InputStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER_BYTES);
        }

        @Override
        boolean fits(byte[] head) {
            return CharsetSniffer.startsWith(head, 0x1f, 0x8b) || ContentType.looksBinary(head);
        }
    },
    DEFLATE {
        @Override
        InputStream open(InputStream in) throws IOException {
            return inflate(in);
        }

        @Override
        boolean fits(byte[] head) {
            return isNoText(head);
        }
    },
    BROTLI {
        @Override
        InputStream open(InputStream in) throws IOException {
            return new BrotliInputStream(in, BUFFER_BYTES);
        }

        @Override
        boolean fits(byte[] head) {
            return isNoText(head);
        }
    },
    ZSTD {
        @Override
        InputStream open(InputStream in) throws IOException {
            // RFC 9659: on the web a window is at most 8 MB; the format itself would allow 2 GB.
            return new ZstdInputStreamNoFinalizer(in).setLongMax(WINDOW_LOG_MAX);
        }

        @Override
        boolean fits(byte[] head) {
            return CharsetSniffer.startsWith(head, 0x28, 0xb5, 0x2f, 0xfd)
                    || ContentType.looksBinary(head);
        }
    };

    /** What we ask for. */
    static final String ACCEPT_ENCODING = "gzip, deflate, br, zstd";

    private static final int STACKED_MAX = 2;
    private static final int BUFFER_BYTES = 8192;
    private static final int WINDOW_LOG_MAX = 23;
    private static final int PEEK_BYTES = 1024;

    // Fewer bytes may be letters by chance.
    private static final int TEXT_BYTES_MIN = 16;

    /** A stream of the decoded bytes. Closing it frees the decoder, also its native memory. */
    abstract InputStream open(InputStream in) throws IOException;

    /** Whether a body that starts so may have this coding. */
    abstract boolean fits(byte[] head);

    /** {@link #open}, or the bytes as they are where a host labelled what it did not encode. */
    final InputStream undo(InputStream in) throws IOException {
        var peeked = new PushbackInputStream(in, PEEK_BYTES);
        byte[] head = peeked.readNBytes(PEEK_BYTES);
        peeked.unread(head);
        return fits(head) ? open(peeked) : peeked;
    }

    // Nothing marks the start of these; only that compressed bytes are never text for long.
    private static boolean isNoText(byte[] head) {
        return head.length < TEXT_BYTES_MIN || !CharsetSniffer.looksUtf8(head);
    }

    /**
     * Reads the Content-Encoding headers of an answer. What is no coding that we asked for ({@code
     * none}, {@code UTF-8}) changes nothing, as in browsers.
     *
     * @return in the order they were applied; the last one is to be undone first
     */
    static List<ContentDecoding> parse(List<String> headers) throws BodyFault {
        List<ContentDecoding> codings = new ArrayList<>();
        for (String token : String.join(",", headers).split(",", -1)) {
            switch (token.strip().toLowerCase(Locale.ROOT)) {
                case "gzip", "x-gzip" -> codings.add(GZIP);
                case "deflate" -> codings.add(DEFLATE);
                case "br" -> codings.add(BROTLI);
                case "zstd" -> codings.add(ZSTD);
                default -> {}
            }
        }
        if (codings.size() > STACKED_MAX) {
            throw BodyFault.refused(
                    FaultCode.BAD_ENCODING,
                    "%d stacked encodings, at most %d are undone"
                            .formatted(codings.size(), STACKED_MAX));
        }
        return codings;
    }

    /** Whether a decoder's complaint is that its input ended, and not that it is wrong. */
    static boolean saysTruncated(IOException e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            String message = String.valueOf(t.getMessage()).toLowerCase(Locale.ROOT);
            if (t instanceof EOFException
                    || message.contains("unexpected end")
                    || message.contains("truncated")) {
                return true;
            }
        }
        return false;
    }

    // "deflate" means zlib (RFC 1950), but some servers send the naked stream (RFC 1951).
    private static InputStream inflate(InputStream in) throws IOException {
        var peeked = new PushbackInputStream(in, 2);
        byte[] head = peeked.readNBytes(2);
        peeked.unread(head);
        boolean zlib =
                head.length == 2
                        && (head[0] & 0x0f) == 8
                        && ((head[0] & 0xff) << 8 | (head[1] & 0xff)) % 31 == 0;
        return new OwningInflaterStream(peeked, new Inflater(!zlib));
    }

    /** Frees the native memory of the inflater it was given, which its parent does not. */
    private static final class OwningInflaterStream extends InflaterInputStream {
        OwningInflaterStream(InputStream in, Inflater inflater) {
            super(in, inflater, BUFFER_BYTES);
        }

        @Override
        public void close() throws IOException {
            inf.end();
            super.close();
        }
    }
}
