package io.gleaner.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A key for the API, without the key itself.
 *
 * @param hint how the key begins
 * @param admin whether it may do what only an operator may
 * @param perMinute most requests in a minute, or null for any number
 * @param revokedAt since when it is not accepted, or null
 */
public record AccessKey(
        long id,
        String name,
        String hint,
        boolean admin,
        @Nullable Integer perMinute,
        Instant createdAt,
        @Nullable Instant revokedAt) {}
