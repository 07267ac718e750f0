package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.job.Screenshot;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes and reads rows of {@code screenshot}. */
final class ScreenshotRows {

    private static final Sql INSERT =
            Sql.named(
                    "screenshot-insert",
                    """
                    INSERT INTO screenshot (job_id, seq, media_type, image)
                    SELECT job, seq, type, image
                    FROM unnest(:jobs, :seqs, :types, :images) AS t (job, seq, type, image)
                    """);

    private static final Sql READ =
            Sql.named(
                    "screenshot-read",
                    """
                    SELECT media_type, image
                    FROM screenshot
                    WHERE job_id = :job AND seq = :seq
                    """);

    private ScreenshotRows() {}

    /** A picture and its place. */
    record Row(UUID job, long seq, Screenshot screenshot) {}

    /** The pictures among the pages. */
    static List<Row> of(List<PageRows.Row> pages) {
        return pages.stream().map(ScreenshotRows::row).flatMap(Optional::stream).toList();
    }

    private static Optional<Row> row(PageRows.Row page) {
        @Nullable Screenshot screenshot = page.page().screenshot();
        return screenshot == null
                ? Optional.empty()
                : Optional.of(new Row(page.job(), page.seq(), screenshot));
    }

    static void insert(Handle handle, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT.text())
                .bind("jobs", Column.uuid(rows, Row::job))
                .bind("seqs", Column.int8(rows, Row::seq))
                .bind("types", Column.text(rows, row -> row.screenshot().mediaType()))
                .bind("images", Column.bytea(rows, row -> row.screenshot().image()))
                .execute();
    }

    static Optional<Screenshot> read(Handle handle, UUID job, long seq) {
        return handle.createQuery(READ.text())
                .bind("job", job)
                .bind("seq", seq)
                .map(
                        (row, context) ->
                                new Screenshot(row.getString("media_type"), row.getBytes("image")))
                .findOne();
    }
}
