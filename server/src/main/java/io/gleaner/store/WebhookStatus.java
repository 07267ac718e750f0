package io.gleaner.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its owner may read it.
 *
 * @param position the event that is told next: 0 the start, then the {@code seq} of a page, one
 *     more than the last of them for the end
 * @param attempts failed ones of that event
 * @param nextAt when it is tried, if the state is open
 * @param toldAt of the last event that arrived
 * @param status of the last answer
 * @param problem of the last attempt, if it failed
 */
public record WebhookStatus(
        UUID job,
        WebhookState state,
        long position,
        int attempts,
        Instant nextAt,
        @Nullable Instant toldAt,
        @Nullable Integer status,
        @Nullable String problem) {}
