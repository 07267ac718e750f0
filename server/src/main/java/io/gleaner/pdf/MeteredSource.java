package io.gleaner.pdf;

import io.gleaner.select.Effort;
import java.io.IOException;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A document's bytes, which are paid for each time they are read: a parser that never ends does.
 */
final class MeteredSource extends RandomAccessReadBuffer {

    private static final int EACH = 64;

    private final Effort effort;
    private int reads;

    MeteredSource(byte[] bytes, Effort effort) {
        super(bytes);
        this.effort = effort;
    }

    @Override
    public int read() throws IOException {
        if (++reads == EACH) {
            reads = 0;
            effort.chars(EACH);
        }
        return super.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        effort.chars(length);
        return super.read(target, offset, length);
    }
}
