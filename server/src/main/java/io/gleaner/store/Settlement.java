package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.bodies.Deposit;
import io.gleaner.database.Transactions;
import io.gleaner.job.Candidate;
import io.gleaner.job.Change;
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
import java.util.EnumMap;
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
import org.jspecify.annotations.Nullable;

/**
 * Concludes tasks: pages, counters, outlinks and retries of hundreds of them in one transaction.
 *
 * <p>The delete of the task row is the fence. Only the rows that this transaction deleted are
 * counted, stored and expanded, so a late worker, a second worker or a replay changes nothing. A
 * verdict counts only while the lease that it names holds.
 */
public final class Settlement {

    /** Pages of which the links are in memory at once. */
    private static final int LOWERED_AT_ONCE = 200;

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
        Map<Long, Rows> rows = new HashMap<>();
        for (Verdict verdict : verdicts) {
            if (verdict instanceof Concluded concluded) {
                rows.put(concluded.task().id(), Rows.of(concluded));
            }
        }
        Batch batch =
                transactions.runRepeatable("settle", handle -> settle(handle, verdicts, rows));
        recentlySeen.add(batch.remembered);
        return new Settled(Set.copyOf(batch.changed), batch.tasks.size());
    }

    /** A concluded task as it is stored. */
    private record Rows(Encoded page, byte @Nullable [] memory) {
        static Rows of(Concluded verdict) {
            Remembered remembered = verdict.remembered();
            return new Rows(
                    PageRows.encode(verdict.page(), verdict.deposit()),
                    remembered == null ? null : remembered.memory().encode());
        }
    }

    private Batch settle(Handle handle, List<Verdict> verdicts, Map<Long, Rows> rows) {
        var batch = new Batch(JobLedger.lock(handle, jobsOf(verdicts)));
        Set<Long> ours = TaskRows.delete(handle, verdicts);
        for (Verdict verdict : verdicts) {
            if (ours.remove(verdict.task().id())) {
                batch.add(verdict);
            }
        }
        Map<Seen.Key, Integer> known = Seen.find(handle, batch.asked());
        batch.keep(known.keySet(), rows);
        batch.homes.forEach((job, home) -> batch.ledger(job).moveTo(handle, home));
        PageRows.insert(handle, batch.pages);
        AttachmentRows.insert(handle, AttachmentRows.of(batch.pages));
        CaptureRows.insert(handle, batch.pages);
        MemoryRows.insert(handle, batch.memories);
        expand(handle, batch, known);
        TaskRows.replace(handle, batch.gone, batch.tasks);
        Recrawls.count(handle, batch.changes);
        JobLedger.save(handle, batch.changed.stream().map(batch::ledger).toList());
        return batch;
    }

    /**
     * Follows the links of the pages. A link may be a shorter way to a page that is known: then it
     * is less deep from now on, and so may be what it leads to in turn, some of which was too deep
     * before. Each round makes something less deep, so there is a last one.
     */
    private static void expand(Handle handle, Batch batch, Map<Seen.Key, Integer> known) {
        Seen.add(handle, batch.taken);
        batch.remembered.putAll(batch.taken);
        Map<Seen.Key, Integer> lowered = batch.shallower(known);
        while (!batch.links.isEmpty() || !lowered.isEmpty()) {
            Map<Seen.Key, Integer> depths = batch.depths();
            Set<Seen.Key> fresh = Seen.add(handle, depths);
            Seen.remove(handle, batch.expand(fresh));
            depths.keySet().removeAll(fresh);
            Seen.lower(handle, depths)
                    .forEach((key, depth) -> lowered.merge(key, depth, Math::min));
            Map<Seen.Key, Integer> some = some(lowered);
            lowered.keySet().removeAll(some.keySet());
            batch.links.clear();
            MemoryRows.lower(handle, some).forEach(batch::collect);
        }
    }

    private static Map<Seen.Key, Integer> some(Map<Seen.Key, Integer> all) {
        var some = new HashMap<Seen.Key, Integer>();
        for (var one : all.entrySet()) {
            if (some.size() == LOWERED_AT_ONCE) {
                break;
            }
            some.put(one.getKey(), one.getValue());
        }
        return some;
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
        private final List<MemoryRows.Row> memories = new ArrayList<>();
        private final Map<UUID, Map<Change.Kind, Long>> changes = new HashMap<>();
        private final Map<Seen.Key, Integer> taken = new LinkedHashMap<>();
        private final Map<Seen.Key, Integer> remembered = new HashMap<>();
        private final Map<UUID, Remembered> followers = new HashMap<>();
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

        // Once a crawl is full no link matters.
        private void collect(JobLedger job, List<Candidate> outlinks) {
            if (job.room() == 0) {
                return;
            }
            for (Candidate link : outlinks) {
                var key = new Seen.Key(job.id, link.key());
                if (job.reaches(link.depth()) && !recentlySeen.contains(key, link.depth())) {
                    links.merge(key, link, Batch::shallower);
                }
            }
        }

        private static Candidate shallower(Candidate one, Candidate other) {
            return other.depth() < one.depth() ? other : one;
        }

        /** The links of a page that has become less deep. */
        void collect(MemoryRows.Lowered page) {
            Remembered follower = followers.get(page.job());
            if (follower != null) {
                collect(
                        ledger(page.job()),
                        follower.follow().apply(page.depth(), page.memory().links()));
            }
        }

        /** What the pages are known by, and their URLs. */
        Set<Seen.Key> asked() {
            var keys = new LinkedHashSet<Seen.Key>();
            for (Concluded page : concluded) {
                page.identities().forEach(identity -> keys.add(key(page, identity)));
                if (page.remembered() != null) {
                    keys.add(new Seen.Key(page.task().jobId(), page.remembered().key()));
                }
            }
            return keys;
        }

        /**
         * Gives each concluded task its page: as it came, unless another page has something that it
         * is known by. What is not kept takes nothing, or two might stand for each other.
         *
         * @param known identities that other pages have, or URLs that have tasks of their own
         */
        void keep(Set<Seen.Key> known, Map<Long, Rows> encoded) {
            for (Concluded verdict : concluded) {
                JobLedger job = ledger(verdict.task().jobId());
                Optional<String> duplicate =
                        verdict.identities().stream()
                                .filter(
                                        identity -> {
                                            Seen.Key key = key(verdict, identity);
                                            return known.contains(key) || taken.containsKey(key);
                                        })
                                .map(Identity::reason)
                                .findFirst();
                Rows rows = requireNonNull(encoded.get(verdict.task().id()));
                if (duplicate.isPresent()) {
                    Page page = duplicate(verdict, duplicate.get());
                    Change change = leftOut(verdict.change());
                    store(
                            verdict,
                            job.conclude(page),
                            PageRows.encode(page, Deposit.NONE),
                            rows,
                            change);
                } else {
                    verdict.identities()
                            .forEach(identity -> taken.put(key(verdict, identity), Seen.NO_DEPTH));
                    long seq = job.conclude(verdict.page());
                    store(verdict, seq, rows.page(), rows, verdict.change());
                }
            }
            links.keySet().removeAll(taken.keySet()); // They have their page.
        }

        /** What was a page before is none any more; what was none is none. */
        private static @Nullable Change leftOut(@Nullable Change change) {
            return change == null || change.kind() == Change.Kind.NEW
                    ? null
                    : Change.of(Change.Kind.GONE);
        }

        private void store(
                Concluded verdict, long seq, Encoded page, Rows rows, @Nullable Change change) {
            UUID job = verdict.task().jobId();
            pages.add(new PageRows.Row(job, seq, page, change));
            if (change != null) {
                changes.computeIfAbsent(job, _ -> new EnumMap<>(Change.Kind.class))
                        .merge(change.kind(), 1L, Long::sum);
            }
            Remembered what = verdict.remembered();
            if (what != null && rows.memory() != null) {
                followers.put(job, what);
                memories.add(
                        new MemoryRows.Row(
                                new Seen.Key(job, what.key()),
                                seq,
                                verdict.task().depth(),
                                rows.memory()));
            }
        }

        /** Pages to which fewer links lead than their tasks knew of. */
        Map<Seen.Key, Integer> shallower(Map<Seen.Key, Integer> known) {
            var found = new HashMap<Seen.Key, Integer>();
            for (MemoryRows.Row page : memories) {
                int depth = known.getOrDefault(page.key(), Seen.NO_DEPTH);
                if (depth != Seen.NO_DEPTH && depth < page.depth()) {
                    found.put(page.key(), depth);
                }
            }
            return found;
        }

        Map<Seen.Key, Integer> depths() {
            var depths = new LinkedHashMap<Seen.Key, Integer>();
            links.forEach((key, link) -> depths.put(key, link.depth()));
            return depths;
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

        /**
         * Turns the links that are new to their jobs into tasks, as many as there is room for;
         * answers the others, which are to be forgotten: the crawl may go on later.
         */
        Set<Seen.Key> expand(Set<Seen.Key> fresh) {
            var left = new HashSet<Seen.Key>();
            links.forEach(
                    (key, link) -> {
                        JobLedger job = ledger(key.job());
                        if (!fresh.contains(key)) {
                            remembered.put(key, link.depth());
                        } else if (job.room() > 0) {
                            remembered.put(key, link.depth());
                            tasks.add(NewTask.first(job.id, job.priority, job.addTask(), link));
                        } else {
                            left.add(key);
                        }
                    });
            return left;
        }
    }
}
