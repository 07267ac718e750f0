package io.gleaner.api.jobs;

import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.budget.Budget;
import io.gleaner.budget.Hold;
import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Reads a job's pages in chunks that fit into memory: few at a time when they turn out to be large.
 */
public final class PageChunks implements AutoCloseable {

    static final int PAGES_MAX = 50;
    static final int PAGES_FIRST = 8;
    static final long BYTES_AIM = 1 << 20;

    /** What a page takes until one has been seen. */
    private static final long EACH_FIRST_BYTES = 64 << 10;

    /** Longest wait while slow clients take all the memory. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Pages pages;
    private final UUID job;
    private final PageFilter filter;
    private final Hold hold;
    private long eachBytes = EACH_FIRST_BYTES;
    private int size = PAGES_FIRST;
    private long cursor;
    private long left;

    public PageChunks(
            Pages pages, UUID job, PageFilter filter, long cursor, long limit, Budget streams) {
        this.pages = pages;
        this.job = job;
        this.filter = filter;
        this.cursor = cursor;
        this.left = limit;
        this.hold = streams.hold();
    }

    /** The next pages, or none when there are no more now or the limit is reached. */
    public List<StoredPage> next() throws InterruptedException {
        hold.close(); // The chunk before has been written.
        if (left == 0) {
            return List.of();
        }
        if (!hold.awaitAtLeast(size * eachBytes, PATIENCE)) {
            throw Problem.of(ProblemCode.OVERLOADED, "too many pages are on their way to clients")
                    .retryAfter(PATIENCE)
                    .raise();
        }
        List<StoredPage> chunk = pages.read(job, cursor, (int) Math.min(size, left), filter);
        if (!chunk.isEmpty()) {
            cursor = chunk.getLast().seq();
            left -= chunk.size();
        } else {
            hold.close();
        }
        return chunk;
    }

    /** Learns from the chunk just written how many pages the next one may have. */
    public void wrote(int written, long bytes) {
        eachBytes = Math.max(1, bytes / Math.max(1, written));
        size = Math.clamp(BYTES_AIM / eachBytes, 1, PAGES_MAX);
    }

    /** The last {@code seq} read. */
    public long cursor() {
        return cursor;
    }

    boolean limitReached() {
        return left == 0;
    }

    @Override
    public void close() {
        hold.close();
    }
}
