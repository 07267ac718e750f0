package io.gleaner.frontier;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends the input after a number of bytes, and remembers whether there was more. */
final class BudgetedStream extends FilterInputStream {

    private long leftBytes;
    private boolean exceeded;

    BudgetedStream(InputStream in, long bytesMax) {
        super(in);
        this.leftBytes = bytesMax;
    }

    boolean exceeded() {
        return exceeded;
    }

    @Override
    public int read() throws IOException {
        if (isSpent()) {
            return -1;
        }
        int value = super.read();
        leftBytes -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (isSpent()) {
            return -1;
        }
        int count = super.read(buffer, offset, (int) Math.min(length, leftBytes));
        leftBytes -= Math.max(0, count);
        return count;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(Math.min(bytes, leftBytes));
        leftBytes -= skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false; // a reset would not give the budget back
    }

    private boolean isSpent() throws IOException {
        if (leftBytes > 0) {
            return false;
        }
        exceeded |= super.read() >= 0;
        return true;
    }
}
