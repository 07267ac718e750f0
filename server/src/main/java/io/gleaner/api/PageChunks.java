package io.gleaner.api;

import io.gleaner.store.PageFilter;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredPage;
import java.util.List;
import java.util.UUID;

/**
 * Reads a job's pages in chunks that fit into memory: few at a time when they turn out to be large.
 */
final class PageChunks {

    static final int PAGES_MAX = 50;
    static final int PAGES_FIRST = 8;
    static final long BYTES_AIM = 4 << 20;

    private final Pages pages;
    private final UUID job;
    private final PageFilter filter;
    private int size = PAGES_FIRST;
    private long cursor;
    private long left;

    PageChunks(Pages pages, UUID job, PageFilter filter, long cursor, long limit) {
        this.pages = pages;
        this.job = job;
        this.filter = filter;
        this.cursor = cursor;
        this.left = limit;
    }

    /** The next pages, or none when there are no more now or the limit is reached. */
    List<StoredPage> next() {
        if (left == 0) {
            return List.of();
        }
        List<StoredPage> chunk = pages.read(job, cursor, (int) Math.min(size, left), filter);
        if (!chunk.isEmpty()) {
            cursor = chunk.getLast().seq();
            left -= chunk.size();
        }
        return chunk;
    }

    /** Learns from the chunk just written how many pages the next one may have. */
    void wrote(int written, long bytes) {
        long each = Math.max(1, bytes / Math.max(1, written));
        size = Math.clamp(BYTES_AIM / each, 1, PAGES_MAX);
    }

    /** The last {@code seq} read. */
    long cursor() {
        return cursor;
    }

    boolean limitReached() {
        return left == 0;
    }
}
