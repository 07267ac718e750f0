package io.gleaner.export;

import io.gleaner.job.Capture;
import io.gleaner.job.Page;
import io.gleaner.job.rendering.Attachment;
import io.gleaner.store.PageFilter;
import io.gleaner.store.PageOutcome;
import io.gleaner.store.Pages;
import io.gleaner.store.StoredAttachment;
import io.gleaner.store.StoredPage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The pages of one job up to a last one, in the order of {@code seq}, as often as a format goes
 * over them. Few are in memory at once, and fewer when they are large.
 */
public final class PageFeed {

    static final int PAGES_MAX = 50;
    static final int PAGES_FIRST = 8;
    static final long BYTES_AIM = 1 << 20;

    private static final long EACH_FIRST_BYTES = 64 << 10;
    private static final long EACH_MIN_BYTES = 400;
    private static final int OUTCOMES = 2_000;

    private final Pages pages;
    private final UUID job;
    private final long last;
    private final Room room;

    /**
     * @param last {@code seq} of the last page
     * @param room asked for before pages are read
     */
    public PageFeed(Pages pages, UUID job, long last, Room room) {
        this.pages = pages;
        this.job = job;
        this.last = last;
        this.room = room;
    }

    /** Waits until so much memory is free; what was asked for before is of no more use. */
    public interface Room {
        void await(long bytes) throws InterruptedException;
    }

    /** Takes one after the other. */
    interface Each<T> {
        void take(T item) throws IOException, InterruptedException;
    }

    void pages(Each<StoredPage> each) throws IOException, InterruptedException {
        long cursor = 0;
        int size = PAGES_FIRST;
        long eachBytes = EACH_FIRST_BYTES;
        while (cursor < last) {
            room.await(size * eachBytes);
            List<StoredPage> chunk =
                    pages.read(job, cursor, (int) Math.min(size, last - cursor), PageFilter.ALL);
            if (chunk.isEmpty()) {
                return; // Its day is gone meanwhile.
            }
            long bytes = 0;
            for (StoredPage page : chunk) {
                bytes += bytes(page.page());
                each.take(page);
            }
            cursor = chunk.getLast().seq();
            eachBytes = Math.max(EACH_MIN_BYTES, bytes / chunk.size());
            size = Math.clamp(BYTES_AIM / eachBytes, 1, PAGES_MAX);
        }
    }

    private static long bytes(Page page) {
        return switch (page) {
            case Page.Content content -> 2 * content.content().chars();
            case Page.Fault fault -> 0;
        };
    }

    /** The same without what is in the pages. */
    void outcomes(Each<PageOutcome> each) throws IOException, InterruptedException {
        long cursor = 0;
        while (cursor < last) {
            List<PageOutcome> chunk =
                    pages.outcomes(job, cursor, (int) Math.min(OUTCOMES, last - cursor));
            if (chunk.isEmpty()) {
                return;
            }
            for (PageOutcome outcome : chunk) {
                each.take(outcome);
            }
            cursor = chunk.getLast().seq();
        }
    }

    /** What came over the wire for a page. */
    List<Capture> captures(long seq) {
        return pages.captures(job, seq);
    }

    /** The picture of a page. */
    Optional<Attachment> screenshot(long seq) throws IOException, InterruptedException {
        room.await(Attachment.BYTES_MAX);
        Optional<StoredAttachment> stored = pages.attachment(job, seq, Attachment.SCREENSHOT);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        var bytes = new ByteArrayOutputStream(stored.get().bytes());
        stored.get().writeTo(bytes);
        return Optional.of(
                new Attachment(
                        Attachment.SCREENSHOT, stored.get().mediaType(), bytes.toByteArray()));
    }
}
