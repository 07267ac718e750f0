package io.gleaner.store;

import io.gleaner.database.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** The URLs that crawls have met. */
final class Seen {

    private static final Sql ADD =
            Sql.named(
                    "seen-add",
                    """
                    INSERT INTO seen (job_id, key, depth)
                    SELECT * FROM unnest(:jobs, :keys, :depths)
                    ON CONFLICT DO NOTHING
                    RETURNING job_id, key
                    """);

    private static final Sql FIND_ALL =
            Sql.named(
                    "seen-find-all",
                    """
                    SELECT seen.job_id, seen.key, seen.depth
                    FROM unnest(:jobs, :keys) AS asked (job_id, key)
                    JOIN seen ON seen.job_id = asked.job_id AND seen.key = asked.key
                    """);

    private static final Sql LOWER =
            Sql.named(
                    "seen-lower",
                    """
                    UPDATE seen
                    SET depth = asked.depth
                    FROM unnest(:jobs, :keys, :depths) AS asked (job_id, key, depth)
                    WHERE seen.job_id = asked.job_id AND seen.key = asked.key
                        AND seen.depth > asked.depth
                    RETURNING seen.job_id, seen.key, seen.depth
                    """);

    private static final Sql REMOVE =
            Sql.named(
                    "seen-remove",
                    """
                    DELETE FROM seen
                    USING unnest(:jobs, :keys) AS asked (job_id, key)
                    WHERE seen.job_id = asked.job_id AND seen.key = asked.key
                    """);

    /** Of what a page is known by besides its URL: nothing is less deep. */
    static final int NO_DEPTH = -1;

    private Seen() {}

    /** A URL of one crawl. */
    record Key(UUID job, UUID key) {}

    /** Those of the keys that are remembered, and how deep they are. */
    static Map<Key, Integer> find(Handle handle, Collection<Key> keys) {
        return keys.isEmpty() ? Map.of() : depths(bind(handle.createQuery(FIND_ALL.text()), keys));
    }

    /** Remembers keys with their depths; answers those that are new. */
    static Set<Key> add(Handle handle, Map<Key, Integer> keys) {
        if (keys.isEmpty()) {
            return Set.of();
        }
        return bindDepths(handle.createQuery(ADD.text()), keys)
                .map((row, context) -> key(row))
                .set();
    }

    /** Makes keys shallower that were deeper; answers those. */
    static Map<Key, Integer> lower(Handle handle, Map<Key, Integer> keys) {
        return keys.isEmpty()
                ? Map.of()
                : depths(bindDepths(handle.createQuery(LOWER.text()), keys));
    }

    /** Forgets keys. */
    static void remove(Handle handle, Collection<Key> keys) {
        if (!keys.isEmpty()) {
            bind(handle.createUpdate(REMOVE.text()), keys).execute();
        }
    }

    private static Map<Key, Integer> depths(Query query) {
        var found = new HashMap<Key, Integer>();
        query.map(
                        (row, context) -> {
                            int depth = row.getInt("depth");
                            return found.put(key(row), row.wasNull() ? NO_DEPTH : depth);
                        })
                .list();
        return found;
    }

    private static Key key(ResultSet row) throws SQLException {
        return new Key(row.getObject("job_id", UUID.class), row.getObject("key", UUID.class));
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Collection<Key> keys) {
        List<Key> rows = List.copyOf(keys);
        return statement
                .bind("jobs", Column.uuid(rows, Key::job))
                .bind("keys", Column.uuid(rows, Key::key));
    }

    private static <S extends SqlStatement<S>> S bindDepths(S statement, Map<Key, Integer> keys) {
        List<Map.Entry<Key, Integer>> rows = List.copyOf(keys.entrySet());
        return statement
                .bind("jobs", Column.uuid(rows, row -> row.getKey().job()))
                .bind("keys", Column.uuid(rows, row -> row.getKey().key()))
                .bind("depths", Column.int4(rows, Map.Entry::getValue));
    }
}
