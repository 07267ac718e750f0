package io.gleaner.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Writes the chunked transfer coding (RFC 9112, section 7.1): one chunk for each write. */
final class ChunkedOutput extends FilterOutputStream {

    private boolean ended;

    ChunkedOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return; // an empty chunk would end the body
        }
        out.write((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
        out.write(bytes, offset, length);
        out.write("\r\n".getBytes(US_ASCII));
    }

    /** Ends the body and leaves the connection open. */
    @Override
    public void close() throws IOException {
        if (!ended) {
            ended = true;
            out.write("0\r\n\r\n".getBytes(US_ASCII));
            out.flush();
        }
    }
}
