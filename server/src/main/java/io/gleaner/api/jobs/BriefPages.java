package io.gleaner.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.gleaner.job.Job;
import io.gleaner.store.PageFilter;
import io.gleaner.store.PageOutcome;
import io.gleaner.store.Pages;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One piece of a job's pages without what is in them.
 *
 * @param count how many there are in all, where that was asked
 * @param next cursor of the following ones, or null at the end
 */
record BriefPages(
        List<Brief> pages,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer count,
        @Nullable Long next) {

    /**
     * What came of a URL.
     *
     * @param fault the fault's code, or null for a page
     */
    record Brief(
            long seq,
            String url,
            String outcome,
            @Nullable String fault,
            @Nullable Integer status,
            Instant fetchedAt) {

        static Brief of(PageOutcome page) {
            String fault = page.fault();
            return new Brief(
                    page.seq(),
                    page.url(),
                    fault == null ? "content" : "fault",
                    fault == null ? null : fault.toLowerCase(Locale.ROOT),
                    page.status(),
                    page.fetchedAt());
        }
    }

    /**
     * @param job as it was before the pages are read
     */
    static BriefPages of(
            Job job,
            Pages pages,
            PageFilter filter,
            long cursor,
            int limit,
            @Nullable Integer count) {
        List<PageOutcome> found = pages.find(job.id(), filter, cursor, limit);
        long last = found.isEmpty() ? cursor : found.getLast().seq();
        Long next = PageList.next(job, filter, last, found.size() == limit);
        return new BriefPages(found.stream().map(Brief::of).toList(), count, next);
    }
}
