package io.gleaner.fetch;

import io.gleaner.job.FaultCode;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import org.jspecify.annotations.Nullable;

/** Lets a limited number of bytes through, and remembers what ended it. */
final class BudgetStream extends FilterInputStream {

    private final long bytesMax;
    private final boolean truncate;
    private final String what;
    private long bytes;
    private boolean cut;
    private @Nullable IOException failure;

    /**
     * A stream over {@code in}.
     *
     * @param truncate end at the limit as if the body ended there, instead of failing
     * @param what the bytes are, for the fault's detail
     */
    BudgetStream(InputStream in, long bytesMax, boolean truncate, String what) {
        super(in);
        this.bytesMax = bytesMax;
        this.truncate = truncate;
        this.what = what;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        // A decoder can be busy for long without touching the network, where an interrupt is seen.
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (cut) {
            return -1;
        }
        int read = readOrRemember(buffer, offset, length);
        bytes += Math.max(read, 0);
        if (bytes <= bytesMax) {
            return read;
        }
        if (!truncate) {
            throw BodyFault.refused(
                    FaultCode.BODY_TOO_LARGE, "over %d bytes %s".formatted(bytesMax, what));
        }
        cut = true;
        int within = read - (int) (bytes - bytesMax);
        return within == 0 ? -1 : within;
    }

    // FilterInputStream would skip past the budget.
    @Override
    public long skip(long n) throws IOException {
        return n <= 0 ? 0 : Math.max(0, read(new byte[(int) Math.min(n, 4096)]));
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Whether the limit was met and the rest left out. */
    boolean cut() {
        return cut;
    }

    /** What broke the stream below, if anything did. */
    @Nullable IOException failure() {
        return failure;
    }

    private int readOrRemember(byte[] buffer, int offset, int length) throws IOException {
        try {
            return in.read(buffer, offset, length);
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }
}
