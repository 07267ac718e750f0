package io.gleaner.store;

import io.gleaner.job.Change;
import io.gleaner.job.Page;
import org.jspecify.annotations.Nullable;

/**
 * A page and its place in its job.
 *
 * @param seq 1, 2, 3 ... without gaps, in commit order
 * @param change how it stands to what the crawl before found; null where none was before
 */
public record StoredPage(long seq, Page page, @Nullable Change change) {

    /** Of a job that does nothing again. */
    public StoredPage(long seq, Page page) {
        this(seq, page, null);
    }
}
