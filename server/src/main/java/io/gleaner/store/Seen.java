package io.gleaner.store;

import io.gleaner.database.Sql;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The URLs that crawls have met. */
final class Seen {

    private static final Sql ADD =
            Sql.named(
                    "seen-add",
                    """
                    INSERT INTO seen (job_id, key)
                    SELECT * FROM unnest(:jobs, :keys)
                    ON CONFLICT DO NOTHING
                    RETURNING job_id, key
                    """);

    private Seen() {}

    /** A URL of one crawl. */
    record Key(UUID job, UUID key) {}

    /** Remembers keys, each given once; answers those that are new. */
    static Set<Key> add(Handle handle, List<Key> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return handle.createQuery(ADD.text())
                .bind("jobs", Column.uuid(keys, Key::job))
                .bind("keys", Column.uuid(keys, Key::key))
                .map(
                        (row, context) ->
                                new Key(
                                        row.getObject("job_id", UUID.class),
                                        row.getObject("key", UUID.class)))
                .set();
    }
}
