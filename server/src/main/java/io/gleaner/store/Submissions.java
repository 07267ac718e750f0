package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Transactions;
import io.gleaner.job.JobSpec;
import io.gleaner.job.Tenant;
import io.gleaner.seal.Sealer;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.SubmitOutcome.BacklogFull;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** Stores jobs. A submission is answered after its commit, and stored wholly or not at all. */
public final class Submissions implements AutoCloseable {

    /** Most submissions that wait for their transaction. */
    public static final int WAITING_MAX = GroupCommit.WAITING_MAX;

    private static final Duration BACKLOG_RETRY = Duration.ofSeconds(30);

    /** A submission with more URLs has a transaction of its own. */
    private static final int SMALL_MAX = 1_000;

    private final Transactions transactions;
    private final Backlog backlog;
    private final SubmitConfig config;
    private final InstantSource clock;
    private final Sealer sealer;
    private final GroupCommit groups;

    /**
     * @param sealer keeps the secrets among the request headers
     */
    public Submissions(
            Transactions transactions,
            Backlog backlog,
            SubmitConfig config,
            Sealer sealer,
            InstantSource clock) {
        this.transactions = transactions;
        this.backlog = backlog;
        this.config = config;
        this.sealer = sealer;
        this.clock = clock;
        this.groups = new GroupCommit(config, this::storeAll);
    }

    /** As the other, for the main tenant. */
    public SubmitOutcome submit(JobSpec spec, SeedSource seeds, @Nullable IdempotencyKey key) {
        return submit(Tenant.MAIN, spec, seeds, key);
    }

    /**
     * Stores a job and its tasks.
     *
     * @param seeds at least one
     * @throws io.gleaner.seal.SealException when there are secrets and no key to seal them with
     */
    public SubmitOutcome submit(
            Tenant tenant, JobSpec spec, SeedSource seeds, @Nullable IdempotencyKey key) {
        if (seeds.count() == 0) {
            throw new IllegalArgumentException("a job needs at least one URL");
        }
        transactions.requireDatabase();
        var job = NewJob.of(JobIds.next(clock.instant()), tenant, spec, seeds, key, sealer);
        if (backlog.isFull()) {
            return whenFull(job);
        }
        if (seeds.count() > SMALL_MAX) {
            return submitLarge(job);
        }
        return config.batchMax() == 1 ? storeAll(List.of(job)).getFirst() : groups.submit(job);
    }

    /** Submissions that wait for their transaction. */
    public int waiting() {
        return groups.waiting();
    }

    @Override
    public void close() {
        groups.close();
    }

    /** What was accepted before is still answered. */
    private SubmitOutcome whenFull(NewJob job) {
        SubmitOutcome full = new BacklogFull(BACKLOG_RETRY);
        return job.idempotency() == null
                ? full
                : transactions
                        .single("submit-find", handle -> Idempotency.find(handle, List.of(job)))
                        .getOrDefault(job.id(), full);
    }

    private SubmitOutcome submitLarge(NewJob job) {
        if (job.idempotency() != null) {
            // Asked for before the hosts are made, which may take long, and once more after it.
            SubmitOutcome earlier =
                    transactions
                            .runRepeatable(
                                    "submit-find",
                                    handle -> Idempotency.earlier(handle, List.of(job)))
                            .get(job.id());
            if (earlier != null) {
                return earlier;
            }
        }
        TaskRows.addHosts(transactions, job.seeds());
        return storeLarge(job);
    }

    private SubmitOutcome storeLarge(NewJob job) {
        return transactions.runBulk(
                "submit-large",
                handle -> {
                    SubmitOutcome earlier = Idempotency.earlier(handle, List.of(job)).get(job.id());
                    if (earlier != null) {
                        return earlier;
                    }
                    Instant created =
                            requireNonNull(JobInserts.insertLarge(handle, job).get(job.id()));
                    Idempotency.remember(handle, List.of(job));
                    WebhookRows.insert(handle, List.of(job));
                    Recrawls.insert(handle, List.of(job));
                    return new Accepted(job.stored(created));
                });
    }

    private List<SubmitOutcome> storeAll(List<NewJob> jobs) {
        var tries = new AtomicInteger();
        HandleCallback<List<SubmitOutcome>, RuntimeException> store =
                handle -> storeAll(handle, jobs, tries.getAndIncrement() > 0);
        // Most need one statement, which commits by itself.
        return jobs.stream().anyMatch(NewJob::needsMore)
                ? transactions.runRepeatable("submit", store)
                : transactions.single("submit", store);
    }

    private static List<SubmitOutcome> storeAll(Handle handle, List<NewJob> jobs, boolean again) {
        Map<UUID, SubmitOutcome> earlier = Idempotency.earlier(handle, jobs);
        List<NewJob> fresh = jobs.stream().filter(job -> !earlier.containsKey(job.id())).toList();
        Map<UUID, Instant> created = JobInserts.insertAll(handle, fresh, again);
        Idempotency.remember(handle, fresh);
        WebhookRows.insert(handle, fresh);
        Recrawls.insert(handle, fresh);
        return jobs.stream().map(job -> outcome(job, earlier, created)).toList();
    }

    private static SubmitOutcome outcome(
            NewJob job, Map<UUID, SubmitOutcome> earlier, Map<UUID, Instant> created) {
        SubmitOutcome before = earlier.get(job.id());
        return before != null
                ? before
                : new Accepted(job.stored(requireNonNull(created.get(job.id()))));
    }
}
