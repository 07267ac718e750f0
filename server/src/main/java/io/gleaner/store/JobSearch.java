package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.job.Job;
import io.gleaner.job.Tenant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Finds a tenant's jobs by what they are called and what they are. Every condition is in the index
 * {@code job_search}, so only jobs that are answered are read; an id begins with its time, so a
 * span of time is one of ids.
 */
final class JobSearch {

    /** Most jobs that are counted. */
    static final int COUNTED_MAX = 10_000;

    private static final UUID FIRST = new UUID(0, 0);

    /** Sorts behind every id. */
    private static final UUID LAST = new UUID(-1, -1);

    private static final String MATCHING =
            """
            FROM job
            WHERE priority >= 0
                AND (tenant, id) >= (:tenant, :from) AND (tenant, id) < (:tenant, :until)
                AND (tenant, id) > (:tenant, :after) AND (tenant, id) < (:tenant, :before)
                AND (:state::text IS NULL OR state = :state)
                AND (:kind::text IS NULL OR job_kind = :kind)
                AND (:name::text IS NULL OR strpos(lower(job_name), lower(:name)) > 0)
                AND (:tag::text IS NULL OR jsonb_exists(job_tags, :tag))
            """;

    private static final String FIND =
            """
            SELECT %1$s
            FROM job
            WHERE id = ANY (ARRAY(
                SELECT id
                %2$s
                ORDER BY tenant %3$s, id %3$s
                LIMIT :limit
            ))
            ORDER BY id %3$s
            """;

    private static final Sql NEWEST =
            Sql.named("job-find-newest", FIND.formatted(JobRows.COLUMNS, MATCHING, "DESC"));
    private static final Sql OLDEST =
            Sql.named("job-find-oldest", FIND.formatted(JobRows.COLUMNS, MATCHING, "ASC"));
    private static final Sql COUNT =
            Sql.named(
                    "job-count",
                    """
                    SELECT count(*)
                    FROM (
                        SELECT
                        %s
                        LIMIT :limit
                    ) counted
                    """
                            .formatted(MATCHING));

    private JobSearch() {}

    static List<Job> find(
            Handle handle, Tenant tenant, JobFilter filter, @Nullable UUID cursor, int limit) {
        Sql sql = filter.oldestFirst() ? OLDEST : NEWEST;
        return bind(handle.createQuery(sql.text()), tenant, filter, cursor, limit)
                .map(JobRows::map)
                .list();
    }

    static int count(Handle handle, Tenant tenant, JobFilter filter) {
        return bind(handle.createQuery(COUNT.text()), tenant, filter, null, COUNTED_MAX)
                .mapTo(Integer.class)
                .one();
    }

    private static Query bind(
            Query query, Tenant tenant, JobFilter filter, @Nullable UUID cursor, int limit) {
        boolean oldest = filter.oldestFirst();
        return query.bind("tenant", tenant.id())
                .bind("from", filter.from() == null ? FIRST : JobIds.from(filter.from()))
                .bind("until", filter.until() == null ? LAST : JobIds.from(filter.until()))
                .bind("after", oldest && cursor != null ? cursor : FIRST)
                .bind("before", oldest || cursor == null ? LAST : cursor)
                .bind("state", filter.state() == null ? null : filter.state().name())
                .bind("kind", filter.kind() == null ? null : filter.kind().name())
                .bind("name", filter.name())
                .bind("tag", filter.tag())
                .bind("limit", limit);
    }
}
