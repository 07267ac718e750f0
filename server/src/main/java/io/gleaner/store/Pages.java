package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.bodies.Bodies;
import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.Capture;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What came of a job's tasks, in {@code seq} order. */
public final class Pages {

    private static final String SELECT =
            """
            SELECT seq, url, fault, status, fetched_at, meta, content
            FROM page
            WHERE job_id = :job AND seq > :after %s
            ORDER BY seq
            LIMIT :limit
            """;

    private static final Sql ALL = Sql.named("page-read", SELECT.formatted(""));
    private static final Sql CONTENT =
            Sql.named("page-read-content", SELECT.formatted("AND fault IS NULL"));
    private static final Sql FAULTS =
            Sql.named("page-read-faults", SELECT.formatted("AND fault IS NOT NULL"));

    private static final Sql OUTCOMES =
            Sql.named(
                    "page-outcomes",
                    """
                    SELECT seq, url, fault, status, fetched_at
                    FROM page
                    WHERE job_id = :job AND seq > :after
                    ORDER BY seq
                    LIMIT :limit
                    """);

    private final Transactions transactions;
    private final Bodies bodies;

    /**
     * @param bodies reads what does not lie in the database
     */
    public Pages(Transactions transactions, Bodies bodies) {
        this.transactions = transactions;
        this.bodies = bodies;
    }

    /**
     * Pages after a cursor.
     *
     * @param afterSeq the last {@code seq} already read, 0 to start
     */
    public List<StoredPage> read(UUID job, long afterSeq, int limit, PageFilter filter) {
        Sql sql =
                switch (filter) {
                    case ALL -> ALL;
                    case CONTENT -> CONTENT;
                    case FAULTS -> FAULTS;
                };
        return transactions.single(
                "page-read",
                handle ->
                        handle.createQuery(sql.text())
                                .bind("job", job)
                                .bind("after", afterSeq)
                                .bind("limit", limit)
                                .map(PageRows::map)
                                .list());
    }

    /** What was made of a page besides its content, by its name. */
    public Optional<StoredAttachment> attachment(UUID job, long seq, String name) {
        return transactions.single(
                "attachment-find",
                handle -> AttachmentRows.find(handle, transactions, bodies, job, seq, name));
    }

    /** What came over the wire for a page, if its job kept that. */
    public List<Capture> captures(UUID job, long seq) {
        Optional<CaptureRows.Found> found =
                transactions.single("capture-read", handle -> CaptureRows.find(handle, job, seq));
        if (found.isEmpty()) {
            return List.of();
        }
        UUID object = found.get().object();
        return object == null ? found.get().here() : bodies.captures(job, object);
    }

    /** As {@link #read}, of all pages and without what is in them. */
    public List<PageOutcome> outcomes(UUID job, long afterSeq, int limit) {
        return transactions.single(
                "page-outcomes",
                handle ->
                        handle.createQuery(OUTCOMES.text())
                                .bind("job", job)
                                .bind("after", afterSeq)
                                .bind("limit", limit)
                                .map(
                                        (row, context) ->
                                                new PageOutcome(
                                                        row.getLong("seq"),
                                                        row.getString("url"),
                                                        row.getString("fault"),
                                                        row.getObject("status", Integer.class),
                                                        requireNonNull(
                                                                JobRows.instant(
                                                                        row.getTimestamp(
                                                                                "fetched_at")))))
                                .list());
    }
}
