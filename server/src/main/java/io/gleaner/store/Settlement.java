package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.Transactions;
import io.gleaner.job.Candidate;
import io.gleaner.job.Task;
import io.gleaner.store.PageRows.Encoded;
import io.gleaner.store.Verdict.Concluded;
import io.gleaner.store.Verdict.Deferred;
import io.gleaner.store.Verdict.Dropped;
import io.gleaner.store.Verdict.Rescued;
import io.gleaner.store.Verdict.Retried;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Concludes tasks: pages, counters, outlinks and retries of hundreds of them in one transaction.
 *
 * <p>The delete of the task row is the fence. Only the rows that this transaction deleted are
 * counted, stored and expanded, so a late worker, a second worker or a replay changes nothing. A
 * verdict counts only while the lease that it names holds.
 */
public final class Settlement {

    private final Transactions transactions;
    private final RecentlySeen recentlySeen = new RecentlySeen();

    public Settlement(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Settles verdicts in their given order, which becomes the order of their pages. */
    public Settled settle(List<Verdict> verdicts) {
        if (verdicts.isEmpty()) {
            return new Settled(Set.of(), 0);
        }
        // Encoded and compressed before the transaction begins, so that no row lock is held
        // meanwhile.
        Map<Long, Encoded> pages = new HashMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Concluded concluded) {
                pages.put(concluded.task().id(), PageRows.encode(concluded.page()));
            }
        }
        Batch batch =
                transactions.runRepeatable("settle", handle -> settle(handle, verdicts, pages));
        recentlySeen.add(batch.links.keySet());
        return new Settled(Set.copyOf(batch.changed), batch.tasks.size());
    }

    private Batch settle(Handle handle, List<Verdict> verdicts, Map<Long, Encoded> pages) {
        var batch = new Batch(JobLedger.lock(handle, jobsOf(verdicts)));
        Set<Long> ours = TaskRows.delete(handle, verdicts);
        for (Verdict verdict : verdicts) {
            if (ours.remove(verdict.task().id())) {
                batch.add(verdict, pages);
            }
        }
        batch.expand(Seen.add(handle, batch.links.keySet().stream().toList()));
        PageRows.insert(handle, batch.pages);
        AttachmentRows.insert(handle, AttachmentRows.of(batch.pages));
        CaptureRows.insert(handle, batch.pages);
        TaskRows.replace(handle, batch.gone, batch.tasks);
        JobLedger.save(handle, batch.changed.stream().map(batch::ledger).toList());
        return batch;
    }

    private static Set<UUID> jobsOf(List<Verdict> verdicts) {
        var ids = new HashSet<UUID>();
        verdicts.forEach(verdict -> ids.add(verdict.task().jobId()));
        return ids;
    }

    /** What one transaction adds up to. */
    private final class Batch {
        private final Map<UUID, JobLedger> jobs;
        private final Map<String, Integer> gone = new HashMap<>();
        private final List<PageRows.Row> pages = new ArrayList<>();
        private final List<NewTask> tasks = new ArrayList<>();
        private final Map<Seen.Key, Candidate> links = new LinkedHashMap<>();
        private final Set<UUID> changed = new HashSet<>();

        Batch(Map<UUID, JobLedger> jobs) {
            this.jobs = jobs;
        }

        JobLedger ledger(UUID job) {
            return requireNonNull(jobs.get(job));
        }

        void add(Verdict verdict, Map<Long, Encoded> encoded) {
            gone.merge(verdict.host(), 1, Integer::sum);
            Task task = verdict.task();
            JobLedger job = jobs.get(task.jobId());
            if (job == null) {
                return; // The job has ended meanwhile: its task goes, nothing is stored.
            }
            changed.add(job.id);
            switch (verdict) {
                case Concluded concluded -> {
                    long seq = job.conclude(concluded.page());
                    pages.add(
                            new PageRows.Row(job.id, seq, requireNonNull(encoded.get(task.id()))));
                    collect(job, concluded.outlinks());
                }
                case Retried _, Rescued _, Deferred _, Dropped _ ->
                        tasks.add(NewTask.again(verdict, job));
            }
        }

        private void collect(JobLedger job, List<Candidate> outlinks) {
            if (job.room() == 0) {
                return;
            }
            for (Candidate link : outlinks) {
                var key = new Seen.Key(job.id, link.key());
                if (!recentlySeen.contains(key)) {
                    links.putIfAbsent(key, link);
                }
            }
        }

        /** Turns the links that are new to their jobs into tasks, as many as there is room for. */
        void expand(Set<Seen.Key> fresh) {
            links.forEach(
                    (key, link) -> {
                        JobLedger job = ledger(key.job());
                        if (fresh.contains(key) && job.room() > 0) {
                            tasks.add(NewTask.first(job.id, job.priority, job.addTask(), link));
                        }
                    });
        }
    }
}
