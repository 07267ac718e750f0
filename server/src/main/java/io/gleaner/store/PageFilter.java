package io.gleaner.store;

import io.gleaner.job.Change;
import io.gleaner.job.FaultCode;
import org.jspecify.annotations.Nullable;

/**
 * Which of a job's pages to read, and in what order: that of {@code seq}, or that of the URLs where
 * a beginning of them is given.
 *
 * @param outcome content or faults, or null for both
 * @param fault only those that came to this one, or null
 * @param status only those with this HTTP status, or null
 * @param urlPrefix what the URL begins with, or null
 * @param change only those of which this has become since the crawl before, or null; with nothing
 *     else
 * @param newestFirst against the order of {@code seq}; not with {@code urlPrefix}
 */
public record PageFilter(
        @Nullable Outcome outcome,
        @Nullable FaultCode fault,
        @Nullable Integer status,
        @Nullable String urlPrefix,
        Change.@Nullable Kind change,
        boolean newestFirst) {

    /** What came of a task. */
    public enum Outcome {
        CONTENT,
        FAULT
    }

    public static final PageFilter ALL = of(null);
    public static final PageFilter CONTENT = of(Outcome.CONTENT);
    public static final PageFilter FAULTS = of(Outcome.FAULT);

    public PageFilter {
        if (urlPrefix != null && newestFirst) {
            throw new IllegalArgumentException("pages by URL are in the order of their URLs");
        }
        if (change != null
                && (outcome != null
                        || fault != null
                        || status != null
                        || urlPrefix != null
                        || newestFirst)) {
            throw new IllegalArgumentException("pages by change are read by that alone");
        }
    }

    private static PageFilter of(@Nullable Outcome outcome) {
        return new PageFilter(outcome, null, null, null, null, false);
    }

    /** Pages of a crawl that is done again, of which this has become. */
    public static PageFilter become(Change.Kind change) {
        return new PageFilter(null, null, null, null, change, false);
    }

    /** The same pages, the oldest first. */
    public PageFilter withoutOrder() {
        return new PageFilter(outcome, fault, status, urlPrefix, change, false);
    }

    /** Whether later pages of a running job come behind those that are there. */
    public boolean grows() {
        return urlPrefix == null && !newestFirst;
    }
}
