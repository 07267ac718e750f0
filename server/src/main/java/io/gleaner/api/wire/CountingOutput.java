package io.gleaner.api.wire;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Counts the bytes that pass. */
public final class CountingOutput extends FilterOutputStream {

    private long count;

    public CountingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
        count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        count += length;
    }

    /** Bytes since the last call. */
    public long take() {
        long taken = count;
        count = 0;
        return taken;
    }
}
