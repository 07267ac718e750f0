package io.gleaner.store;

import java.util.List;
import java.util.UUID;

/** What came of a job's tasks, in {@code seq} order. */
public final class Pages {

    private final Database database;

    public Pages(Database database) {
        this.database = database;
    }

    /**
     * Pages after a cursor.
     *
     * @param afterSeq the last {@code seq} already read, 0 to start
     */
    public List<StoredPage> read(UUID job, long afterSeq, int limit, PageFilter filter) {
        String which =
                switch (filter) {
                    case ALL -> "";
                    case CONTENT -> "AND fault IS NULL";
                    case FAULTS -> "AND fault IS NOT NULL";
                };
        return database.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT seq, url, fault, status, fetched_at, meta, content
                                        FROM page
                                        WHERE job_id = :job AND seq > :after %s
                                        ORDER BY seq
                                        LIMIT :limit
                                        """
                                                .formatted(which))
                                .bind("job", job)
                                .bind("after", afterSeq)
                                .bind("limit", limit)
                                .map(PageRows::map)
                                .list());
    }
}
