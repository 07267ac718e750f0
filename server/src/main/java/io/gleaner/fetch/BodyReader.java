package io.gleaner.fetch;

import io.gleaner.budget.Hold;
import io.gleaner.job.FaultCode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one body into memory within its budget. Every layer of decoding has the budget, so a bomb
 * goes off in a stream and never in an array.
 *
 * @param bytesMax most bytes, decompressed
 * @param wireMax most bytes as sent, when they are compressed
 * @param truncate cut at a limit instead of failing
 * @param hold this body's part of the memory of all bodies, which the caller closes; or null
 * @param patience longest wait for room
 */
record BodyReader(
        long bytesMax, long wireMax, boolean truncate, @Nullable Hold hold, Duration patience) {

    /** What a body may have without asking: thousands of these fit any heap. */
    static final int FREE_BYTES = 64 << 10;

    private static final int BUFFER_BYTES = 8192;
    private static final int CHUNK_MAX_BYTES = 1 << 20;

    BodyReader {
        wireMax = Math.min(wireMax, bytesMax);
    }

    /** Most memory that one body takes while it is put together: its pieces and the whole. */
    static long heldMaxBytes(long bytesMax) {
        return 2 * (bytesMax + CHUNK_MAX_BYTES);
    }

    /** Refuses a body whose announced length is over the limit, before any of it is read. */
    void checkAnnounced(long contentLength, boolean encoded) throws BodyFault {
        long max = encoded ? wireMax : bytesMax;
        if (!truncate && contentLength > max) {
            throw BodyFault.refused(
                    FaultCode.BODY_TOO_LARGE,
                    "Content-Length %d is over %d bytes".formatted(contentLength, max));
        }
    }

    /**
     * Reads to the end.
     *
     * @param codings in the order they were applied
     * @throws BodyFault when the bytes are at fault; any other exception is the network's
     */
    byte[] read(InputStream source, List<ContentDecoding> codings) throws IOException {
        return read(source, codings, null);
    }

    /**
     * As the other.
     *
     * @param copy gets the bytes as they came; counts as the body does
     */
    byte[] read(
            InputStream source, List<ContentDecoding> codings, @Nullable ByteArrayOutputStream copy)
            throws IOException {
        boolean plain = codings.isEmpty();
        var wire =
                new BudgetStream(
                        copy == null ? source : new CopiedStream(source, copy),
                        plain ? bytesMax : wireMax,
                        truncate,
                        plain ? "" : "compressed");
        var chunks = new Chunks(hold, patience, copy);
        fill(chunks, wire, codings);
        return chunks.toArray();
    }

    private void fill(Chunks chunks, BudgetStream wire, List<ContentDecoding> codings)
            throws IOException {
        // Layer by layer: the one opened last is read, and all are closed.
        List<InputStream> layers = new ArrayList<>();
        try {
            var buffered = new BufferedInputStream(wire, BUFFER_BYTES);
            layers.add(buffered);
            if (isEmpty(buffered)) {
                return;
            }
            for (ContentDecoding coding : codings.reversed()) {
                InputStream decoded = coding.undo(layers.getLast());
                layers.add(decoded);
                layers.add(new BudgetStream(decoded, bytesMax, truncate, "decompressed"));
            }
            chunks.fill(layers.getLast());
        } catch (IOException e) {
            judge(e, wire);
        } finally {
            closeAll(layers);
        }
    }

    /** Returns when what was read so far is the body. */
    private static void judge(IOException e, BudgetStream wire) throws IOException {
        IOException network = wire.failure();
        if (network != null) {
            throw network;
        }
        if (e instanceof BodyFault || Thread.currentThread().isInterrupted()) {
            throw e;
        }
        if (wire.cut()) {
            return;
        }
        throw ContentDecoding.saysTruncated(e)
                ? BodyFault.failed(FaultCode.TRUNCATED_BODY, "the compressed body ends early")
                : BodyFault.failed(FaultCode.BAD_ENCODING, "cannot be decompressed");
    }

    private static boolean isEmpty(BufferedInputStream in) throws IOException {
        in.mark(1);
        boolean empty = in.read() < 0;
        in.reset();
        return empty;
    }

    private static void closeAll(List<InputStream> layers) {
        for (InputStream layer : layers.reversed()) {
            try {
                layer.close();
            } catch (IOException e) {
                // The body is read or given up; the caller closes the response itself.
            }
        }
    }

    /** Copies what is read. */
    private static final class CopiedStream extends FilterInputStream {
        private final OutputStream copy;

        CopiedStream(InputStream in, OutputStream copy) {
            super(in);
            this.copy = copy;
        }

        @Override
        public int read() throws IOException {
            int read = in.read();
            if (read >= 0) {
                copy.write(read);
            }
            return read;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int read = in.read(target, offset, length);
            if (read > 0) {
                copy.write(target, offset, read);
            }
            return read;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** Bytes of unknown number, in pieces that grow, so that a small page takes little. */
    private static final class Chunks {
        private static final int FIRST_BYTES = 8 << 10;

        private final List<byte[]> full = new ArrayList<>();
        private byte[] last = new byte[FIRST_BYTES];
        private final @Nullable Hold hold;
        private final Duration patience;
        private final @Nullable ByteArrayOutputStream copy;
        private int used;
        private int total;

        Chunks(@Nullable Hold hold, Duration patience, @Nullable ByteArrayOutputStream copy) {
            this.copy = copy;
            this.hold = hold;
            this.patience = patience;
        }

        void fill(InputStream in) throws IOException {
            while (true) {
                if (used == last.length) {
                    int next = Math.min(last.length * 2, CHUNK_MAX_BYTES);
                    awaitRoom(total + next);
                    full.add(last);
                    last = new byte[next];
                    used = 0;
                }
                int read = in.read(last, used, last.length - used);
                if (read < 0) {
                    return;
                }
                used += read;
                total += read;
            }
        }

        byte[] toArray() {
            byte[] all = new byte[total];
            int at = 0;
            for (byte[] chunk : full) {
                System.arraycopy(chunk, 0, all, at, chunk.length);
                at += chunk.length;
            }
            System.arraycopy(last, 0, all, at, used);
            return all;
        }

        private void awaitRoom(long own) throws IOException {
            long bytes = own + (copy == null ? 0 : copy.size());
            try {
                if (hold != null && bytes > FREE_BYTES && !hold.awaitAtLeast(2 * bytes, patience)) {
                    throw BodyFault.failed(
                            FaultCode.TIMEOUT, "waited too long for memory that other bodies take");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
        }
    }
}
