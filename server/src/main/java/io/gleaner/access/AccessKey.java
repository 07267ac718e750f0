package io.gleaner.access;

import io.gleaner.job.Tenant;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key for the API, without the key itself.
 *
 * @param tenantName the name of the tenant, for people
 * @param scopes what it may be used for
 * @param hint how the key begins
 * @param perMinute most requests in a minute, or null for any number
 * @param revokedAt since when it is not accepted, or null
 */
public record AccessKey(
        long id,
        String name,
        Tenant tenant,
        String tenantName,
        Set<Scope> scopes,
        String hint,
        @Nullable Integer perMinute,
        Instant createdAt,
        @Nullable Instant revokedAt) {}
