package io.gleaner.store;

import io.gleaner.bodies.Bodies;
import io.gleaner.database.Transactions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An attachment of a page as it lies in the database or elsewhere; it is read in parts. */
public final class StoredAttachment {

    /** Most bytes that are in memory of one that is read. */
    public static final int PART_BYTES = 1 << 20;

    private final Transactions transactions;
    private final Bodies bodies;
    private final UUID job;
    private final long seq;
    private final String name;
    private final @Nullable UUID object;
    private final String mediaType;
    private final int bytes;

    /**
     * @param object where it lies, or null for the database
     */
    StoredAttachment(
            Transactions transactions,
            Bodies bodies,
            UUID job,
            long seq,
            String name,
            @Nullable UUID object,
            String mediaType,
            int bytes) {
        this.transactions = transactions;
        this.bodies = bodies;
        this.job = job;
        this.seq = seq;
        this.name = name;
        this.object = object;
        this.mediaType = mediaType;
        this.bytes = bytes;
    }

    public String mediaType() {
        return mediaType;
    }

    /** How many there are. */
    public int bytes() {
        return bytes;
    }

    /**
     * The content; no connection to the database is held while the other side is waited for.
     *
     * @throws io.gleaner.objects.ObjectsException when it lies in an object store that is away
     */
    public InputStream open() {
        return object == null ? new Parts() : bodies.open(job, object);
    }

    /**
     * Copies the content.
     *
     * @throws IOException when the other side takes no more, or the job is gone meanwhile
     */
    public void writeTo(OutputStream out) throws IOException {
        try (InputStream in = open()) {
            in.transferTo(out);
        }
    }

    /** One part after the other, each when it is asked for. */
    private final class Parts extends InputStream {
        private int from;
        private InputStream part = InputStream.nullInputStream();

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = part.read(buffer, offset, length);
            if (read >= 0 || from >= bytes) {
                return read;
            }
            part = new ByteArrayInputStream(next());
            from += PART_BYTES;
            return part.read(buffer, offset, length);
        }

        private byte[] next() throws IOException {
            return transactions
                    .single(
                            "attachment-part",
                            handle -> AttachmentRows.part(handle, job, seq, name, from, PART_BYTES))
                    .orElseThrow(() -> new IOException("the job is gone"));
        }
    }
}
