package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.util.Optional;
import java.util.UUID;

/** What earlier crawls have left, for those that crawl again. */
public final class EarlierPages {

    private static final Sql FIND =
            Sql.named(
                    "earlier-page",
                    """
                    SELECT page.seq, page.url, page.fault, page.status, page.fetched_at, page.meta,
                           page.content, page.change, page.diff, page_memory.content AS memory
                    FROM page_memory
                    JOIN page ON page.job_id = page_memory.job_id AND page.seq = page_memory.seq
                    WHERE page_memory.job_id = :job AND page_memory.key = :key
                    """);

    private final Transactions transactions;

    public EarlierPages(Transactions transactions) {
        this.transactions = transactions;
    }

    /** The page that an earlier crawl found at the URL with this key. */
    public Optional<EarlierPage> find(UUID job, UUID key) {
        return transactions.single(
                "earlier-page",
                handle ->
                        handle.createQuery(FIND.text())
                                .bind("job", job)
                                .bind("key", key)
                                .map(
                                        (row, context) ->
                                                new EarlierPage(
                                                        PageRows.map(row, context).page(),
                                                        PageMemory.decode(row.getBytes("memory"))))
                                .findOne());
    }
}
