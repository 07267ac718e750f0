package io.gleaner.store;

import io.gleaner.database.Sql;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Locks host rows for the rest of the transaction, in name order, as every writer of {@code host}
 * does.
 *
 * <p>A statement of its own on purpose. PostgreSQL 18 loses rows of an {@code UPDATE ... FROM}
 * whose {@code FROM} locks them, when they changed while it waited (ADR 0016).
 */
final class HostLock {

    private static final Sql LOCK =
            Sql.named(
                    "host-lock",
                    "SELECT id FROM host WHERE id = ANY (:ids) ORDER BY name FOR UPDATE");

    private HostLock() {}

    static void lock(Handle handle, Collection<Long> ids) {
        handle.createQuery(LOCK.text())
                .bind("ids", Column.int8(List.copyOf(ids), id -> id))
                .mapTo(Long.class)
                .list();
    }
}
