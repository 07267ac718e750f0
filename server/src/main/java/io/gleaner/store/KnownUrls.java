package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.util.UUID;

/** The URLs that crawls have met, to be asked of one at a time. */
public final class KnownUrls {

    private static final Sql FIND =
            Sql.named(
                    "seen-find",
                    "SELECT EXISTS (SELECT FROM seen WHERE job_id = :job AND key = :key)");

    private final Transactions transactions;

    public KnownUrls(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Whether a crawl has met the URL with this key. */
    public boolean contains(UUID job, UUID key) {
        return transactions.single(
                "seen-find",
                handle ->
                        handle.createQuery(FIND.text())
                                .bind("job", job)
                                .bind("key", key)
                                .mapTo(Boolean.class)
                                .one());
    }
}
