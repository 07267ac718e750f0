package io.gleaner.store;

import io.gleaner.job.Change;
import org.jspecify.annotations.Nullable;

/** Which of a job's pages to read. */
public enum PageFilter {
    ALL(null),
    CONTENT(null),
    FAULTS(null),
    NEW(Change.Kind.NEW),
    CHANGED(Change.Kind.CHANGED),
    SAME(Change.Kind.SAME),
    GONE(Change.Kind.GONE);

    private final Change.@Nullable Kind change;

    PageFilter(Change.@Nullable Kind change) {
        this.change = change;
    }

    /** Pages of a crawl that is done again, of which this has become; null for all. */
    Change.@Nullable Kind change() {
        return change;
    }
}
