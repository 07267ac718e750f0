package io.gleaner.store;

import io.gleaner.bodies.Bodies;
import io.gleaner.bodies.Deposit.Kept;
import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.rendering.Attachment;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes and reads rows of {@code attachment}. */
final class AttachmentRows {

    private static final Sql INSERT =
            Sql.named(
                    "attachment-insert",
                    """
                    INSERT INTO attachment (job_id, seq, name, media_type, content, object, bytes)
                    SELECT job, seq, name, type, content, object, bytes
                    FROM unnest(:jobs, :seqs, :names, :types, :contents, :objects, :bytes)
                        AS t (job, seq, name, type, content, object, bytes)
                    """);

    // The length of what is stored uncompressed is known without reading it.
    private static final Sql FIND =
            Sql.named(
                    "attachment-find",
                    """
                    SELECT media_type, object, coalesce(bytes, octet_length(content)) AS bytes
                    FROM attachment
                    WHERE job_id = :job AND seq = :seq AND name = :name
                    """);

    // And so is where a part of it lies.
    private static final Sql PART =
            Sql.named(
                    "attachment-part",
                    """
                    SELECT substring(content FROM :from FOR :length) AS part
                    FROM attachment
                    WHERE job_id = :job AND seq = :seq AND name = :name
                    """);

    private AttachmentRows() {}

    /** An attachment and its place, and its object when it does not lie here. */
    record Row(UUID job, long seq, Attachment attachment, @Nullable Kept kept) {}

    /** Those of the pages. */
    static List<Row> of(List<PageRows.Row> pages) {
        return pages.stream()
                .flatMap(page -> page.page().attachments().stream().map(one -> row(page, one)))
                .toList();
    }

    private static Row row(PageRows.Row page, Attachment one) {
        Kept kept = page.page().deposit().attachments().get(one.name());
        return new Row(page.job(), page.seq(), one, kept);
    }

    static void insert(Handle handle, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT.text())
                .bind("jobs", Column.uuid(rows, Row::job))
                .bind("seqs", Column.int8(rows, Row::seq))
                .bind("names", Column.text(rows, row -> row.attachment().name()))
                .bind("types", Column.text(rows, row -> row.attachment().mediaType()))
                .bind(
                        "contents",
                        Column.bytea(
                                rows, row -> row.kept == null ? row.attachment().bytes() : null))
                .bind(
                        "objects",
                        Column.uuid(rows, row -> row.kept == null ? null : row.kept.object()))
                .bind(
                        "bytes",
                        Column.int4(
                                rows,
                                row ->
                                        row.kept == null
                                                ? row.attachment().bytes().length
                                                : row.kept.bytes()))
                .execute();
    }

    static Optional<StoredAttachment> find(
            Handle handle,
            Transactions transactions,
            Bodies bodies,
            UUID job,
            long seq,
            String name) {
        return handle.createQuery(FIND.text())
                .bind("job", job)
                .bind("seq", seq)
                .bind("name", name)
                .map(
                        (row, context) ->
                                new StoredAttachment(
                                        transactions,
                                        bodies,
                                        job,
                                        seq,
                                        name,
                                        row.getObject("object", UUID.class),
                                        row.getString("media_type"),
                                        row.getInt("bytes")))
                .findOne();
    }

    /**
     * @param from of the first byte, 0 for the beginning
     */
    static Optional<byte[]> part(
            Handle handle, UUID job, long seq, String name, int from, int length) {
        return handle.createQuery(PART.text())
                .bind("job", job)
                .bind("seq", seq)
                .bind("name", name)
                .bind("from", from + 1)
                .bind("length", length)
                .map((row, context) -> row.getBytes("part"))
                .findOne();
    }
}
