package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.job.Change;
import io.gleaner.job.Changes;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which jobs crawl which again, and what has become of the pages. */
final class Recrawls {

    private static final Sql INSERT =
            Sql.named(
                    "recrawl-insert",
                    """
                    INSERT INTO recrawl (job_id, earlier)
                    SELECT * FROM unnest(:jobs, :earlier)
                    ON CONFLICT DO NOTHING
                    """);

    private static final Sql COUNT =
            Sql.named(
                    "recrawl-count",
                    """
                    UPDATE recrawl
                    SET new_pages = new_pages + t.added,
                        changed_pages = changed_pages + t.changed,
                        same_pages = same_pages + t.same,
                        gone_pages = gone_pages + t.gone
                    FROM unnest(:jobs, :added, :changed, :same, :gone)
                        AS t (job, added, changed, same, gone)
                    WHERE recrawl.job_id = t.job
                    """);

    private static final Sql FIND =
            Sql.named(
                    "recrawl-find",
                    """
                    SELECT earlier, new_pages, changed_pages, same_pages, gone_pages
                    FROM recrawl
                    WHERE job_id = :job
                    """);

    private Recrawls() {}

    /** What has become of the pages so far; empty for a job that crawls nothing again. */
    static Optional<Changes> find(Handle handle, UUID job) {
        return handle.createQuery(FIND.text())
                .bind("job", job)
                .map(
                        (row, context) ->
                                new Changes(
                                        row.getObject("earlier", UUID.class),
                                        row.getLong("new_pages"),
                                        row.getLong("changed_pages"),
                                        row.getLong("same_pages"),
                                        row.getLong("gone_pages")))
                .findOne();
    }

    static void insert(Handle handle, List<NewJob> jobs) {
        List<NewJob> again = jobs.stream().filter(job -> job.spec().recrawlOf() != null).toList();
        if (!again.isEmpty()) {
            handle.createUpdate(INSERT.text())
                    .bind("jobs", Column.uuid(again, NewJob::id))
                    .bind(
                            "earlier",
                            Column.uuid(
                                    again, job -> Objects.requireNonNull(job.spec().recrawlOf())))
                    .execute();
        }
    }

    /** Counts pages under the locks of their jobs. */
    static void count(Handle handle, Map<UUID, Map<Change.Kind, Long>> counts) {
        if (counts.isEmpty()) {
            return;
        }
        List<Map.Entry<UUID, Map<Change.Kind, Long>>> rows = List.copyOf(counts.entrySet());
        handle.createUpdate(COUNT.text())
                .bind("jobs", Column.uuid(rows, Map.Entry::getKey))
                .bind("added", Column.int8(rows, row -> of(row.getValue(), Change.Kind.NEW)))
                .bind("changed", Column.int8(rows, row -> of(row.getValue(), Change.Kind.CHANGED)))
                .bind("same", Column.int8(rows, row -> of(row.getValue(), Change.Kind.SAME)))
                .bind("gone", Column.int8(rows, row -> of(row.getValue(), Change.Kind.GONE)))
                .execute();
    }

    private static long of(Map<Change.Kind, Long> counts, Change.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }
}
