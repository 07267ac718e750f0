package io.gleaner.api.submit;

import io.gleaner.budget.Budget;
import io.gleaner.budget.Hold;
import io.gleaner.job.Candidate;
import io.gleaner.store.SeedSource;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The candidates of one submission, all of them checked before the first is stored. A long list
 * goes to a temporary file, so memory does not grow with it. Iterable any number of times, one
 * iteration at a time, until closed.
 */
public final class Seeds implements SeedSource, AutoCloseable {

    static final int MEMORY_MAX = 20_000;

    /** What a submission may have without asking; most are far below. */
    private static final long FREE_BYTES = 16 << 10;

    /** The budget is asked for this much at a time. */
    private static final long STEP_BYTES = 256 << 10;

    /** A candidate beside its texts; its key in the set. */
    private static final int CANDIDATE_BYTES = 200;

    private static final int KEY_BYTES = 32;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final KeySet keys = new KeySet();
    private final List<Candidate> inMemory = new ArrayList<>();
    private @Nullable Path file;
    private @Nullable DataOutputStream out;
    private @Nullable DataInputStream in;
    private int inFile;
    private int offered;
    private final Hold hold;
    private long bytes;
    private long heldBytes = FREE_BYTES;

    /**
     * @param submissions memory for all lists that are being read or stored
     */
    public Seeds(Budget submissions) {
        this.hold = submissions.hold();
    }

    /** Adds a candidate, unless one with its key is there. */
    public void add(Candidate candidate) {
        offered++;
        if (!keys.add(candidate.key())) {
            return;
        }
        boolean keep = inMemory.size() < MEMORY_MAX;
        account(keep ? CANDIDATE_BYTES + 2L * candidate.url().length() : KEY_BYTES);
        if (keep) {
            inMemory.add(candidate);
            return;
        }
        try {
            write(spill(), candidate);
            inFile++;
        } catch (IOException e) {
            throw new UncheckedIOException("the upload's temporary file cannot be written", e);
        }
    }

    private void account(long more) {
        bytes += more;
        if (bytes > heldBytes) {
            heldBytes = bytes + STEP_BYTES;
            if (!hold.tryAtLeast(heldBytes)) {
                throw SubmitHandler.overloaded(RETRY);
            }
        }
    }

    /** How many were added, those that were there already included. */
    int offered() {
        return offered;
    }

    @Override
    public int count() {
        return keys.size();
    }

    @Override
    public Iterator<Candidate> iterator() {
        Path path = file;
        if (path == null || out == null) {
            return inMemory.iterator();
        }
        try {
            out.flush();
            closeReader();
            var reader = new DataInputStream(new BufferedInputStream(Files.newInputStream(path)));
            in = reader;
            return new Spilled(inMemory.iterator(), reader, inFile);
        } catch (IOException e) {
            throw new UncheckedIOException("the upload's temporary file cannot be read", e);
        }
    }

    @Override
    public void close() {
        hold.close();
        if (file == null || out == null) {
            return;
        }
        try {
            out.close();
            closeReader();
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the upload's temporary file cannot be deleted", e);
        }
    }

    private void closeReader() throws IOException {
        if (in != null) {
            in.close();
        }
    }

    private DataOutputStream spill() throws IOException {
        DataOutputStream open = out;
        if (open == null) {
            file = Files.createTempFile("gleaner-urls-", ".bin");
            open = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
            out = open;
        }
        return open;
    }

    private static void write(DataOutputStream out, Candidate candidate) throws IOException {
        writeText(out, candidate.url());
        writeText(out, candidate.host());
        out.writeLong(candidate.key().getMostSignificantBits());
        out.writeLong(candidate.key().getLeastSignificantBits());
        out.writeInt(candidate.depth());
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /** First those in memory, then those in the file. */
    private static final class Spilled implements Iterator<Candidate> {
        private final Iterator<Candidate> first;
        private final DataInputStream in;
        private int left;

        Spilled(Iterator<Candidate> first, DataInputStream in, int count) {
            this.first = first;
            this.in = in;
            this.left = count;
        }

        @Override
        public boolean hasNext() {
            return first.hasNext() || left > 0;
        }

        @Override
        public Candidate next() {
            if (first.hasNext()) {
                return first.next();
            }
            if (left == 0) {
                throw new NoSuchElementException();
            }
            try {
                Candidate candidate = read();
                left--;
                return candidate;
            } catch (IOException e) {
                throw new UncheckedIOException("the upload's temporary file cannot be read", e);
            }
        }

        private Candidate read() throws IOException {
            String url = readText();
            String host = readText();
            var key = new UUID(in.readLong(), in.readLong());
            return new Candidate(url, host, key, in.readInt());
        }

        private String readText() throws IOException {
            return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
        }
    }
}
