package io.gleaner.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What came of a task, without its content.
 *
 * @param seq 1, 2, 3 ... without gaps, in commit order
 * @param fault the fault's code, or null for a page
 * @param status of the HTTP answer, or null when there was none
 */
public record PageOutcome(
        long seq,
        String url,
        @Nullable String fault,
        @Nullable Integer status,
        Instant fetchedAt) {}
