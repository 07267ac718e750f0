package io.gleaner.store;

import io.gleaner.bodies.CaptureCodec;
import io.gleaner.database.Sql;
import io.gleaner.job.Capture;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes and reads rows of {@code capture}: all that came over the wire for one page. */
final class CaptureRows {

    private static final Sql INSERT =
            Sql.named(
                    "capture-insert",
                    """
                    INSERT INTO capture (job_id, seq, content, object)
                    SELECT job, seq, content, object
                    FROM unnest(:jobs, :seqs, :contents, :objects) AS t (job, seq, content, object)
                    """);

    private static final Sql READ =
            Sql.named(
                    "capture-read",
                    """
                    SELECT content, object
                    FROM capture
                    WHERE job_id = :job AND seq = :seq
                    """);

    private CaptureRows() {}

    /**
     * Where they lie: here, or in an object.
     *
     * @param content null when they are in the object
     */
    record Found(byte @Nullable [] content, @Nullable UUID object) {

        List<Capture> here() {
            return content == null ? List.of() : CaptureCodec.decode(content);
        }
    }

    static void insert(Handle handle, List<PageRows.Row> pages) {
        List<PageRows.Row> rows =
                pages.stream()
                        .filter(
                                row ->
                                        row.page().captures() != null
                                                || row.page().deposit().captures() != null)
                        .toList();
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT.text())
                .bind("jobs", Column.uuid(rows, PageRows.Row::job))
                .bind("seqs", Column.int8(rows, PageRows.Row::seq))
                .bind("contents", Column.bytea(rows, row -> row.page().captures()))
                .bind("objects", Column.uuid(rows, row -> row.page().deposit().captures()))
                .execute();
    }

    static Optional<Found> find(Handle handle, UUID job, long seq) {
        return handle.createQuery(READ.text())
                .bind("job", job)
                .bind("seq", seq)
                .map(
                        (row, context) ->
                                new Found(
                                        row.getBytes("content"),
                                        row.getObject("object", UUID.class)))
                .findOne();
    }
}
