package io.gleaner.store.objects;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** The part of a bucket that belongs to the jobs of this database. */
public final class ObjectSpace {

    private static final Sql ID = Sql.named("object-space", "SELECT id FROM object_space LIMIT 1");
    private static final Sql KNOWN =
            Sql.named("object-space-jobs", "SELECT id FROM job WHERE id = ANY (:jobs)");

    private final Transactions transactions;

    public ObjectSpace(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Made with the database, so that no two share one. */
    public UUID id() {
        return transactions.single(
                "object-space", handle -> handle.createQuery(ID.text()).mapTo(UUID.class).one());
    }

    /** Which of these jobs there are. */
    public Set<UUID> known(Collection<UUID> jobs) {
        return transactions.single(
                "object-space-jobs",
                handle ->
                        handle.createQuery(KNOWN.text())
                                .bindArray("jobs", UUID.class, jobs)
                                .mapTo(UUID.class)
                                .set());
    }
}
