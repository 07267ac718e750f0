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

    private static final Sql FIND_ALL =
            Sql.named(
                    "seen-find-all",
                    """
                    SELECT seen.job_id, seen.key
                    FROM unnest(:jobs, :keys) AS asked (job_id, key)
                    JOIN seen ON seen.job_id = asked.job_id AND seen.key = asked.key
                    """);

    private Seen() {}

    /** A URL of one crawl. */
    record Key(UUID job, UUID key) {}

    /** Those of the keys that are remembered. */
    static Set<Key> find(Handle handle, List<Key> keys) {
        return keys.isEmpty() ? Set.of() : ask(handle, FIND_ALL, keys);
    }

    /** Remembers keys, each given once; answers those that are new. */
    static Set<Key> add(Handle handle, List<Key> keys) {
        return keys.isEmpty() ? Set.of() : ask(handle, ADD, keys);
    }

    private static Set<Key> ask(Handle handle, Sql sql, List<Key> keys) {
        return handle.createQuery(sql.text())
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
