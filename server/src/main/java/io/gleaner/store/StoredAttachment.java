package io.gleaner.store;

import io.gleaner.database.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** An attachment of a page as it lies in the database; its content is read in parts. */
public final class StoredAttachment {

    /** Most bytes that are in memory of one that is read. */
    public static final int PART_BYTES = 1 << 20;

    private final Transactions transactions;
    private final UUID job;
    private final long seq;
    private final String name;
    private final String mediaType;
    private final int bytes;

    StoredAttachment(
            Transactions transactions,
            UUID job,
            long seq,
            String name,
            String mediaType,
            int bytes) {
        this.transactions = transactions;
        this.job = job;
        this.seq = seq;
        this.name = name;
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
     * Copies the content; no connection to the database is held while the other side is waited for.
     *
     * @throws IOException when the other side takes no more, or the job is gone meanwhile
     */
    public void writeTo(OutputStream out) throws IOException {
        for (int from = 0; from < bytes; from += PART_BYTES) {
            int start = from;
            byte[] part =
                    transactions
                            .single(
                                    "attachment-part",
                                    handle ->
                                            AttachmentRows.part(
                                                    handle, job, seq, name, start, PART_BYTES))
                            .orElseThrow(() -> new IOException("the job is gone"));
            out.write(part);
        }
    }
}
