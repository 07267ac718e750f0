package io.gleaner.api.wire;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A request body that is counted against a limit and hashed while it is read. */
public final class BodyStream extends FilterInputStream {

    private final long maxBytes;
    private final MessageDigest digest = sha256();
    private long bytes;

    public BodyStream(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int next = framed(super::read);
        if (next >= 0) {
            digest.update((byte) next);
            count(1);
        }
        return next;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = framed(() -> super.read(target, offset, length));
        if (read > 0) {
            digest.update(target, offset, read);
            count(read);
        }
        return read;
    }

    /** SHA-256 of what was read, in hex. Ends the stream's use. */
    public String hash() {
        return HexFormat.of().formatHex(digest.digest());
    }

    static ProblemException tooLarge(long maxBytes) {
        return Problem.of(
                        ProblemCode.BODY_TOO_LARGE,
                        "the body is longer than %d bytes".formatted(maxBytes))
                .with("accepted", "at most %d bytes".formatted(maxBytes))
                .raise();
    }

    private interface Reading {
        int read() throws IOException;
    }

    /** The server finds out here that chunks are none, and throws what its parsers throw. */
    private static int framed(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (NumberFormatException | DataReader.IncorrectNewLineException e) {
            throw Problem.of(
                            ProblemCode.BAD_REQUEST,
                            "the body is not in chunks as Transfer-Encoding says")
                    .header(HeaderNames.CONNECTION_NAME, "close")
                    .raise();
        }
    }

    private void count(int read) {
        bytes += read;
        if (bytes > maxBytes) {
            throw tooLarge(maxBytes);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
