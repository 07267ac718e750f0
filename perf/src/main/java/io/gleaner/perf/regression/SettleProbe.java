package io.gleaner.perf.regression;

import io.gleaner.database.Database;
import io.gleaner.job.Candidate;
import io.gleaner.perf.bench.StoreWork;
import io.gleaner.store.HostLease;
import io.gleaner.store.Verdict;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

/**
 * Settles a job of {@value #HOSTS} hosts in two batches: its first pages with their links, then
 * what they linked to, which ends it. Always as many tasks, so that the time does not depend on how
 * they happen to batch. Works with whatever store classes its class loader has.
 */
public final class SettleProbe implements LongSupplier, AutoCloseable {

    private static final int HOSTS = 16;
    private static final int TASKS_EACH = 16;
    private static final int PAGE_BYTES = 4_096;
    private static final int CONNECTIONS = 10;

    private final Database database;
    private final StoreWork store;

    /**
     * @param databaseUrl of a database that nobody else uses meanwhile
     */
    public SettleProbe(String databaseUrl) {
        this.database = StoreWork.open(databaseUrl, CONNECTIONS);
        this.store = new StoreWork(database, PAGE_BYTES);
    }

    /** Nanoseconds of both settlements, their commits included. */
    @Override
    public long getAsLong() {
        store.submit(seeds());
        return settle(true) + settle(false);
    }

    private static List<Candidate> seeds() {
        return IntStream.range(0, HOSTS * TASKS_EACH)
                .mapToObj(n -> StoreWork.candidate("127.2.0." + (1 + n % HOSTS), 0))
                .toList();
    }

    private long settle(boolean outlinks) {
        List<HostLease> leases = store.lease(HOSTS, TASKS_EACH);
        List<Verdict> batch = store.conclude(leases, outlinks);
        if (batch.size() != HOSTS * TASKS_EACH) {
            throw new IllegalStateException("%d tasks were leased".formatted(batch.size()));
        }
        long begin = System.nanoTime();
        store.settle(batch);
        long took = System.nanoTime() - begin;
        store.release(leases);
        return took;
    }

    @Override
    public void close() {
        database.close();
    }
}
