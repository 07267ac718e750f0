package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.bodies.Deposit;
import io.gleaner.database.Transactions;
import io.gleaner.job.Candidate;
import io.gleaner.job.FaultCode;
import io.gleaner.job.Identity;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import io.gleaner.store.PageRows.Encoded;
import io.gleaner.store.Verdict.Concluded;
import io.gleaner.store.Verdict.Deferred;
import io.gleaner.store.Verdict.Dropped;
import io.gleaner.store.Verdict.Rescued;
import io.gleaner.store.Verdict.Retried;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                pages.put(
                        concluded.task().id(),
                        PageRows.encode(concluded.page(), concluded.deposit()));
            }
        }
        Batch batch =
                transactions.runRepeatable("settle", handle -> settle(handle, verdicts, pages));
        recentlySeen.add(batch.keys());
        return new Settled(Set.copyOf(batch.changed), batch.tasks.size());
    }

    private Batch settle(Handle handle, List<Verdict> verdicts, Map<Long, Encoded> pages) {
        var batch = new Batch(JobLedger.lock(handle, jobsOf(verdicts)));
        Set<Long> ours = TaskRows.delete(handle, verdicts);
        for (Verdict verdict : verdicts) {
            if (ours.remove(verdict.task().id())) {
                batch.add(verdict);
            }
        }
        batch.keep(Seen.find(handle, batch.identities()), pages);
        batch.expand(Seen.add(handle, batch.keys()));
        batch.homes.forEach((job, home) -> batch.ledger(job).moveTo(handle, home));
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
        private final List<Concluded> concluded = new ArrayList<>();
        private final List<PageRows.Row> pages = new ArrayList<>();
        private final Map<UUID, URI> homes = new HashMap<>();
        private final Set<Seen.Key> taken = new LinkedHashSet<>();
        private final List<NewTask> tasks = new ArrayList<>();
        private final Map<Seen.Key, Candidate> links = new LinkedHashMap<>();
        private final Set<UUID> changed = new HashSet<>();

        Batch(Map<UUID, JobLedger> jobs) {
            this.jobs = jobs;
        }

        JobLedger ledger(UUID job) {
            return requireNonNull(jobs.get(job));
        }

        void add(Verdict verdict) {
            gone.merge(verdict.host(), 1, Integer::sum);
            Task task = verdict.task();
            JobLedger job = jobs.get(task.jobId());
            if (job == null) {
                return; // The job has ended meanwhile: its task goes, nothing is stored.
            }
            changed.add(job.id);
            switch (verdict) {
                case Concluded page -> {
                    concluded.add(page);
                    collect(job, page.outlinks());
                    if (page.home() != null) {
                        homes.put(job.id, page.home());
                    }
                }
                case Retried _, Rescued _, Deferred _, Verdict.ForBrowser _, Dropped _ ->
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

        /** What the pages are known by besides their URLs. */
        List<Seen.Key> identities() {
            var keys = new LinkedHashSet<Seen.Key>();
            concluded.forEach(
                    page -> page.identities().forEach(identity -> keys.add(key(page, identity))));
            return List.copyOf(keys);
        }

        /**
         * Gives each concluded task its page: as it came, unless another page has something that it
         * is known by. What is not kept takes nothing, or two might stand for each other.
         *
         * @param known identities that other pages have, or URLs that have tasks of their own
         */
        void keep(Set<Seen.Key> known, Map<Long, Encoded> encoded) {
            for (Concluded verdict : concluded) {
                JobLedger job = ledger(verdict.task().jobId());
                Optional<String> duplicate =
                        verdict.identities().stream()
                                .filter(
                                        identity -> {
                                            Seen.Key key = key(verdict, identity);
                                            return known.contains(key) || taken.contains(key);
                                        })
                                .map(Identity::reason)
                                .findFirst();
                if (duplicate.isPresent()) {
                    Page page = duplicate(verdict, duplicate.get());
                    pages.add(
                            new PageRows.Row(
                                    job.id,
                                    job.conclude(page),
                                    PageRows.encode(page, Deposit.NONE)));
                } else {
                    verdict.identities().forEach(identity -> taken.add(key(verdict, identity)));
                    Encoded row = requireNonNull(encoded.get(verdict.task().id()));
                    pages.add(new PageRows.Row(job.id, job.conclude(verdict.page()), row));
                }
            }
            links.keySet().removeAll(taken); // They have their page.
        }

        /** All that is to be remembered, each once. */
        List<Seen.Key> keys() {
            var keys = new LinkedHashSet<>(links.keySet());
            keys.addAll(taken);
            return List.copyOf(keys);
        }

        private static Seen.Key key(Concluded verdict, Identity identity) {
            return new Seen.Key(verdict.task().jobId(), identity.key());
        }

        private static Page duplicate(Concluded verdict, String reason) {
            Page page = verdict.page();
            Integer status = page instanceof Page.Content content ? content.status() : null;
            return new Page.Fault(
                    page.url(),
                    FaultCode.DUPLICATE,
                    reason,
                    status,
                    page.fetchedAt(),
                    page.depth(),
                    verdict.task().attempt());
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
