package io.gleaner.extract;

import io.gleaner.select.Effort;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Pays for what is read, so that a parse can be stopped between two buffers. */
final class PaidReader extends FilterReader {

    private final Effort effort;

    PaidReader(Reader in, Effort effort) {
        super(in);
        this.effort = effort;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        effort.chars(Math.max(0, count));
        return count;
    }
}
