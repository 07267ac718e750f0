package io.gleaner.store;

import io.gleaner.database.Sql;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Writes rows of {@code page_memory}, and makes them shallower. */
final class MemoryRows {

    private static final Sql INSERT =
            Sql.named(
                    "memory-insert",
                    """
                    INSERT INTO page_memory (job_id, key, seq, depth, content)
                    SELECT * FROM unnest(:jobs, :keys, :seqs, :depths, :contents)
                    ON CONFLICT DO NOTHING
                    """);

    // The page says so, too.
    private static final Sql LOWER =
            Sql.named(
                    "memory-lower",
                    """
                    WITH lowered AS (
                        UPDATE page_memory
                        SET depth = asked.depth
                        FROM unnest(:jobs, :keys, :depths) AS asked (job, key, depth)
                        WHERE page_memory.job_id = asked.job
                            AND page_memory.key = asked.key
                            AND page_memory.depth > asked.depth
                        RETURNING page_memory.job_id, page_memory.seq, page_memory.depth,
                                  page_memory.content
                    ), told AS (
                        UPDATE page
                        SET meta = jsonb_set(meta::jsonb, '{depth}', to_jsonb(lowered.depth))::json
                        FROM lowered
                        WHERE page.job_id = lowered.job_id AND page.seq = lowered.seq
                    )
                    SELECT job_id, depth, content FROM lowered
                    """);

    private MemoryRows() {}

    record Row(Seen.Key key, long seq, int depth, byte[] content) {}

    /** A page that fewer links lead to than was known. */
    record Lowered(UUID job, int depth, PageMemory memory) {}

    static void insert(Handle handle, List<Row> rows) {
        if (rows.isEmpty()) {
            return;
        }
        handle.createUpdate(INSERT.text())
                .bind("jobs", Column.uuid(rows, row -> row.key().job()))
                .bind("keys", Column.uuid(rows, row -> row.key().key()))
                .bind("seqs", Column.int8(rows, Row::seq))
                .bind("depths", Column.int4(rows, Row::depth))
                .bind("contents", Column.bytea(rows, Row::content))
                .execute();
    }

    /** Lowers the pages that are remembered at a greater depth; answers those. */
    static List<Lowered> lower(Handle handle, Map<Seen.Key, Integer> depths) {
        if (depths.isEmpty()) {
            return List.of();
        }
        List<Map.Entry<Seen.Key, Integer>> asked = List.copyOf(depths.entrySet());
        return handle.createQuery(LOWER.text())
                .bind("jobs", Column.uuid(asked, one -> one.getKey().job()))
                .bind("keys", Column.uuid(asked, one -> one.getKey().key()))
                .bind("depths", Column.int4(asked, Map.Entry::getValue))
                .map(
                        (row, context) ->
                                new Lowered(
                                        row.getObject("job_id", UUID.class),
                                        row.getInt("depth"),
                                        PageMemory.decode(row.getBytes("content"))))
                .list();
    }
}
