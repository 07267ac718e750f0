package io.gleaner.store;

import java.util.List;
import java.util.UUID;

/** What came of a job's tasks, in {@code seq} order. */
@SuppressWarnings("DoNotCallSuggester")
public final class Pages {

    /**
     * Pages after a cursor.
     *
     * @param afterSeq the last {@code seq} already read, 0 to start
     */
    public List<StoredPage> read(UUID job, long afterSeq, int limit, PageFilter filter) {
        throw new IllegalStateException("skeleton");
    }
}
