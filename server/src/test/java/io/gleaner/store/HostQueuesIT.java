package io.gleaner.store;

import static io.gleaner.store.TestStore.candidate;
import static io.gleaner.store.TestStore.fault;
import static io.gleaner.store.TestStore.page;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import io.gleaner.job.Page;
import io.gleaner.store.Verdict.Deferred;
import io.gleaner.store.Verdict.Dropped;
import io.gleaner.store.Verdict.Retried;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostQueuesIT {

    private static final String HOST = "a.example";
    private static final Duration HOURS_23 = Duration.ofHours(23);
    private static final Duration HOURS_25 = Duration.ofHours(25);

    private final TestStore store = new TestStore();
    private final UUID worker = UUID.randomUUID();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aJobIsCompletedByTheSettleOfItsLastTask() {
        Job job = store.submit(HOST, 3);
        HostLease lease = leaseOne(10);
        store.settlement.settle(List.of(page(lease.tasks().get(0)), page(lease.tasks().get(1))));
        assertThat(store.job(job).state()).isEqualTo(JobState.RUNNING);
        store.settlement.settle(List.of(fault(lease.tasks().get(2))));

        Job done = store.job(job);
        assertThat(done.state()).isEqualTo(JobState.COMPLETED);
        assertThat(done.finishedAt()).isNotNull();
        assertThat(List.of(done.total(), done.pending(), done.done(), done.failed()))
                .containsExactly(3L, 0L, 3L, 1L);
        store.requireTruth();
    }

    @Test
    void aJobWhoseEveryUrlCameToAFaultIsFailed() {
        Job job = store.submit(HOST, 1);
        store.settlement.settle(List.of(fault(leaseOne(1).tasks().getFirst())));
        assertThat(store.job(job).state()).isEqualTo(JobState.FAILED);
    }

    @Test
    void pagesAreReadBackAsTheyWereSettledInDenseOrder() {
        Job job = store.submit(HOST, 3);
        HostLease lease = leaseOne(10);
        Verdict first = page(lease.tasks().get(2));
        Verdict second = fault(lease.tasks().get(0));
        store.settlement.settle(List.of(first, second));

        List<StoredPage> pages = store.pages.read(job.id(), 0, 10, PageFilter.ALL);
        assertThat(pages).extracting(StoredPage::seq).containsExactly(1L, 2L);
        Page.Content content = (Page.Content) pages.getFirst().page();
        assertThat(content.url()).isEqualTo("http://a.example/2");
        assertThat(content.content().markdown()).isEqualTo("# http://a.example/2");
        assertThat(content.content().metadata()).containsEntry("title", "a title");
        assertThat(((Page.Fault) pages.get(1).page()).code())
                .isEqualTo(FaultCode.HTTP_CLIENT_ERROR);
        assertThat(store.pages.read(job.id(), 1, 10, PageFilter.ALL)).hasSize(1);
        assertThat(store.pages.read(job.id(), 0, 10, PageFilter.FAULTS)).hasSize(1);
        assertThat(store.pages.read(job.id(), 0, 10, PageFilter.CONTENT)).hasSize(1);
    }

    @Test
    void aTaskThatIsSettledTwiceHasOnePage() {
        Job job = store.submit(HOST, 2);
        LeasedTask task = leaseOne(10).tasks().getFirst();
        store.settlement.settle(List.of(page(task)));
        Settled again = store.settlement.settle(List.of(page(task)));
        assertThat(again.changed()).isEmpty();
        assertThat(store.job(job).done()).isEqualTo(1);
        store.requireTruth();
    }

    @Test
    void aLeasedQueueIsNotLeasedAgainUntilItIsReleased() {
        store.submit(HOST, 2);
        HostLease lease = leaseOne(10);
        assertThat(store.queues.lease(UUID.randomUUID(), 10, 10)).isEmpty();
        store.queues.release(worker, List.of(released(lease, null)));
        assertThat(store.queues.lease(UUID.randomUUID(), 10, 10)).hasSize(1);
    }

    @Test
    void aQueueThatWaitsForItsHostIsNotLeasedAndSaysWhy() {
        Job job = store.submit(HOST, 2);
        HostLease lease = leaseOne(10);
        Instant later = Instant.now().plus(Duration.ofHours(1));
        store.queues.release(worker, List.of(released(lease, later)));

        assertThat(store.queues.lease(worker, 10, 10)).isEmpty();
        List<Jobs.JobHost> its = store.jobs.hosts(job.id(), 10);
        assertThat(its).hasSize(1);
        assertThat(its.getFirst().tasks()).isEqualTo(2);
        HostStatus waiting = its.getFirst().host();
        assertThat(waiting.name()).isEqualTo(HOST);
        assertThat(waiting.waitReason()).isEqualTo("a reason");
        assertThat(waiting.notBefore())
                .isCloseTo(
                        later,
                        org.assertj.core.api.Assertions.within(
                                1, java.time.temporal.ChronoUnit.MILLIS));
    }

    @Test
    void aBackoffOutlivesAnEmptyQueue() {
        store.submit(HOST, 1);
        HostLease lease = leaseOne(10);
        store.settlement.settle(List.of(page(lease.tasks().getFirst())));
        store.queues.release(
                worker, List.of(released(lease, Instant.now().plus(Duration.ofHours(1)))));
        store.submit(HOST, 1);
        assertThat(store.queues.lease(worker, 10, 10)).isEmpty();
        store.requireTruth();
    }

    @Test
    void aRetryGoesToTheTailAndCostsAnAttempt() {
        Job job = store.submit(HOST, 3);
        LeasedTask first = leaseOne(1).tasks().getFirst();
        store.settlement.settle(List.of(new Retried(first.task(), first.lease())));
        List<LeasedTask> rest = more(first.lease(), 10);
        assertThat(rest)
                .extracting(task -> task.task().url())
                .containsExactly("http://a.example/1", "http://a.example/2", "http://a.example/0");
        assertThat(rest.getLast().task().attempt()).isEqualTo(2);
        assertThat(store.job(job).pending()).isEqualTo(3);
        store.requireTruth();
    }

    @Test
    void manyQueuesAreAskedForMoreAtOnceAndOnlyWhatIsInHandIsRescued() {
        store.submit("a.example", 5);
        store.submit("b.example", 5);
        store.submit("c.example", 1);
        // One after the other, and the longest waiting first.
        HostLease a = leaseOne(2);
        HostLease b = leaseOne(2);
        HostLease c = leaseOne(2);
        store.settlement.settle(List.of(page(a.tasks().getFirst())));

        Map<Lease, List<LeasedTask>> found =
                store.queues.more(
                        worker,
                        Map.of(
                                a.lease(), List.of(a.tasks().getLast().task().id()),
                                b.lease(), ids(b.tasks()),
                                c.lease(), ids(c.tasks())),
                        2);
        assertThat(found).containsOnlyKeys(a.lease(), b.lease());
        assertThat(found.get(a.lease()))
                .extracting(task -> task.task().url())
                .containsExactly("http://a.example/2", "http://a.example/3");
        assertThat(found.get(b.lease()))
                .extracting(task -> task.task().url())
                .containsExactly("http://b.example/2", "http://b.example/3");

        store.workers.rescue(Duration.ZERO);
        assertThat(
                        store.count(
                                "SELECT count(*) FROM task JOIN host ON host.id = host_id"
                                        + " WHERE rescues = 1 AND name = 'a.example'"))
                .isEqualTo(3);
        assertThat(store.count("SELECT count(*) FROM task WHERE rescues = 1")).isEqualTo(3 + 4 + 1);
        store.requireTruth();
    }

    @Test
    void jobsOnOneHostTakeTurns() {
        store.submit(
                IntStream.range(0, 50)
                        .mapToObj(i -> candidate("http://a.example/big/" + i, HOST, 0))
                        .toList());
        store.submit(List.of(candidate("http://a.example/small", HOST, 0)));
        assertThat(leaseOne(2).tasks())
                .extracting(task -> task.task().url())
                .containsExactly("http://a.example/big/0", "http://a.example/small");
    }

    @Test
    void anUrgentJobIsServedFirst() {
        store.submit(HOST, 5);
        store.submissions.submit(
                TestStore.spec(1),
                SeedSource.of(List.of(candidate("http://a.example/now", HOST, 0))),
                null);
        assertThat(leaseOne(1).tasks().getFirst().task().url()).isEqualTo("http://a.example/now");
    }

    @Test
    void aCrawlMeetsEachUrlOnceAndStopsAtItsLimit() {
        Job job = store.crawl(HOST, 3);
        LeasedTask seed = leaseOne(10).tasks().getFirst();
        store.settlement.settle(
                List.of(
                        page(
                                seed,
                                candidate("http://a.example/", HOST, 1),
                                candidate("http://a.example/x", HOST, 1),
                                candidate("http://a.example/x", HOST, 1),
                                candidate("http://b.example/y", "b.example", 1),
                                candidate("http://a.example/z", HOST, 1))));
        assertThat(store.job(job).total()).isEqualTo(3);
        assertThat(store.job(job).pending()).isEqualTo(2);
        store.requireTruth();
    }

    @Test
    void theTasksOfACancelledJobAreMetDeadAndLeaveNoPage() {
        Job job = store.submit(HOST, 3);
        assertThat(store.jobs.cancel(job.id()).orElseThrow().state()).isEqualTo(JobState.CANCELLED);
        HostLease lease = leaseOne(10);
        assertThat(lease.tasks()).hasSize(3).noneMatch(LeasedTask::live);
        store.settlement.settle(
                List.of(
                        new Dropped(lease.tasks().get(0).task(), lease.tasks().get(0).lease()),
                        page(lease.tasks().get(1)),
                        new Dropped(lease.tasks().get(2).task(), lease.tasks().get(2).lease())));
        assertThat(store.count("SELECT count(*) FROM task")).isZero();
        assertThat(store.count("SELECT count(*) FROM page")).isZero();
        assertThat(store.jobs.cancel(job.id()).orElseThrow().pending()).isZero();
        store.requireTruth();
    }

    @Test
    void theTasksOfACancelledJobAreSweptAndOthersStay() {
        Job cancelled = store.submit(manyHosts(1));
        Job other = store.submit(manyHosts(2));
        store.jobs.cancel(cancelled.id());
        while (store.sweep.cancelled() > 0) {
            store.requireTruth();
        }
        assertThat(store.count("SELECT count(*) FROM task")).isEqualTo(30);
        assertThat(store.job(other).pending()).isEqualTo(30);
        store.requireTruth();
    }

    @Test
    void anUrgentTaskGoesAheadOfManyWaitingHosts() {
        store.submit(manyHosts(1));
        store.submissions.submit(
                TestStore.spec(1),
                SeedSource.of(List.of(candidate("http://z.example/", "z.example", 0))),
                null);
        assertThat(leaseOne(1).host()).isEqualTo("z.example");
    }

    @Test
    void anUrgentTaskDoesNotShortenABackoff() {
        store.submit(HOST, 2);
        store.queues.release(
                worker, List.of(released(leaseOne(1), Instant.now().plus(Duration.ofHours(1)))));
        store.submissions.submit(
                TestStore.spec(1),
                SeedSource.of(List.of(candidate("http://a.example/now", HOST, 0))),
                null);
        assertThat(store.queues.lease(worker, 10, 10)).isEmpty();
    }

    @Test
    void theQueuesOfADeadWorkerAreRescuedAtTheCostOfARescue() {
        Job job = store.submit(HOST, 2);
        store.workers.heartbeat(worker);
        leaseOne(1);
        assertThat(store.workers.rescue(Duration.ofMinutes(1)).queues()).isZero();

        store.workers.leave(worker);
        assertThat(store.workers.rescue(Duration.ofMinutes(1)).queues()).isEqualTo(1);
        List<LeasedTask> tasks = leaseOne(10).tasks();
        assertThat(tasks)
                .extracting(task -> task.task().url(), task -> task.task().rescues())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("http://a.example/1", 0),
                        org.assertj.core.groups.Tuple.tuple("http://a.example/0", 1));
        assertThat(store.job(job).pending()).isEqualTo(2);
        store.requireTruth();
    }

    @Test
    void tasksThatADeadWorkerHadNotBegunKeepTheirPlaceAndPayNothing() {
        Job job = store.submit(HOST, TestStore.SUSPECTS_MAX + 3);
        leaseOne(TestStore.SUSPECTS_MAX + 2);
        store.workers.rescue(Duration.ZERO);

        List<LeasedTask> tasks = leaseOne(100).tasks();
        assertThat(tasks).extracting(task -> task.task().rescues()).startsWith(0, 0, 0, 1);
        assertThat(tasks.subList(3, tasks.size()))
                .hasSize(TestStore.SUSPECTS_MAX)
                .allMatch(task -> task.task().rescues() == 1);
        assertThat(store.job(job).pending()).isEqualTo(TestStore.SUSPECTS_MAX + 3);
        store.requireTruth();
    }

    @Test
    void aPageThatKillsEveryWorkerEndsAsAFault() {
        Job job = store.submit(HOST, 1);
        for (int deaths = 0; deaths < 3; deaths++) {
            leaseOne(10);
            store.workers.rescue(Duration.ZERO);
        }
        assertThat(store.job(job).state()).isEqualTo(JobState.FAILED);
        Page page = store.pages.read(job.id(), 0, 10, PageFilter.ALL).getFirst().page();
        assertThat(((Page.Fault) page).code()).isEqualTo(FaultCode.WORKER_LOST);
    }

    @Test
    void aWorkerThatLostItsQueueGetsNoMoreOfItAndCannotSettleOrRelease() {
        store.submit(HOST, 2);
        HostLease late = leaseOne(1);
        store.workers.rescue(Duration.ZERO);
        UUID other = UUID.randomUUID();
        store.queues.lease(other, 1, 10);

        assertThat(more(late.lease(), 10)).isEmpty();
        assertThat(store.settlement.settle(List.of(page(late.tasks().getFirst()))).changed())
                .isEmpty();
        store.queues.release(worker, List.of(released(late, null)));
        assertThat(store.count("SELECT count(*) FROM host WHERE lease_owner IS NOT NULL"))
                .isEqualTo(1);
        store.requireTruth();
    }

    @Test
    void aRunThatLostItsQueueCannotActByALeaseThatItsWorkerTookLater() {
        Job job = store.submit(HOST, 3);
        HostLease early = leaseOne(1);
        store.workers.rescue(Duration.ZERO); // It was silent for too long, and lives all the same.
        HostLease late = leaseOne(2);

        store.queues.release(worker, List.of(released(early, null)));
        assertThat(store.queues.lease(UUID.randomUUID(), 1, 1)).isEmpty();
        assertThat(more(early.lease(), 10)).isEmpty();
        LeasedTask task = late.tasks().getFirst();
        var byEarly = new LeasedTask(task.task(), early.lease(), true);
        assertThat(store.settlement.settle(List.of(page(byEarly))).changed()).isEmpty();
        store.queues.handBack(worker, List.of(late.lease()));
        assertThat(store.queues.lease(UUID.randomUUID(), 1, 1)).isEmpty();

        assertThat(store.settlement.settle(List.of(page(task))).changed()).containsOnly(job.id());
        assertThat(more(late.lease(), 10)).hasSize(2);
        store.queues.handBack(worker, List.of(early.lease()));
        assertThat(store.queues.lease(UUID.randomUUID(), 1, 1)).hasSize(1);
        store.requireTruth();
    }

    @Test
    void aHostDoesNotFailWhileItsQueueIsDueAndNobodyTakesIt() {
        store.submit(HOST, 1);
        store.execute(
                "UPDATE host SET failing_since = now() - interval '3 days',"
                        + " ready_at = now() - interval '2 days'");
        assertThat(failingFor(leaseOne(1).failingSince())).isBetween(HOURS_23, HOURS_25);
    }

    @Test
    void aHostDoesNotFailWhileItsOwnerIsDead() {
        store.submit(HOST, 1);
        store.workers.heartbeat(worker);
        leaseOne(1);
        store.execute("UPDATE worker SET heartbeat_at = now() - interval '2 days'");
        store.execute("UPDATE host SET failing_since = now() - interval '3 days'");
        store.workers.rescue(Duration.ofMinutes(1));
        assertThat(failingFor(leaseOne(1).failingSince())).isBetween(HOURS_23, HOURS_25);
    }

    private static Duration failingFor(@Nullable Instant since) {
        return Duration.between(requireNonNull(since), Instant.now());
    }

    @Test
    void aUrlThatIsAskedToWaitGoesBehindOthersAndCountsItsRefusals() {
        Job job = store.submit(HOST, 3);
        LeasedTask first = leaseOne(1).tasks().getFirst();
        store.settlement.settle(List.of(new Deferred(first.task(), first.lease(), true)));
        List<LeasedTask> rest = more(first.lease(), 10);
        assertThat(rest)
                .extracting(task -> task.task().url(), task -> task.task().refusals())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("http://a.example/1", 0),
                        org.assertj.core.groups.Tuple.tuple("http://a.example/2", 0),
                        org.assertj.core.groups.Tuple.tuple("http://a.example/0", 1));
        assertThat(rest.getLast().task().attempt()).isEqualTo(1);
        assertThat(store.job(job).pending()).isEqualTo(3);
        store.requireTruth();
    }

    @Test
    void queuesThatWereLeasedWithoutTheWorkersKnowingAreHandedBack() {
        store.submit("a.example", 3);
        store.submit("b.example", 3);
        store.submit("c.example", 3);
        UUID worker = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        HostLease known = store.queues.lease(worker, 1, 2).getFirst();
        HostLease lost = store.queues.lease(worker, 1, 2).getFirst();
        HostLease foreign = store.queues.lease(other, 1, 2).getFirst();

        store.queues.handBack(worker, List.of(known.lease()));
        // Only the lost one is free again, whole and at no cost.
        HostLease again = store.queues.lease(UUID.randomUUID(), 9, 9).getFirst();
        assertThat(again.hostId()).isEqualTo(lost.hostId()).isNotEqualTo(foreign.hostId());
        assertThat(again.tasks()).hasSize(3).allMatch(it -> it.task().attempt() == 1);
        assertThat(again.tasks()).allMatch(it -> it.task().rescues() == 0);
        assertThat(more(known.lease(), 9)).hasSize(3);
        assertThat(more(foreign.lease(), 9)).hasSize(3);
        store.requireTruth();
    }

    @Test
    void manyWorkersAndSubmittersAtOnceLoseNothing() throws Exception {
        List<Callable<Object>> actors = new ArrayList<>();
        for (int s = 0; s < 4; s++) {
            int submitter = s;
            actors.add(
                    () -> {
                        for (int n = 0; n < 5; n++) {
                            store.submit(manyHosts(submitter * 10 + n));
                        }
                        return submitter;
                    });
        }
        for (int w = 0; w < 4; w++) {
            actors.add(this::workUntilAllIsDone);
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var result : threads.invokeAll(actors)) {
                result.get();
            }
        }
        assertThat(store.count("SELECT count(*) FROM page")).isEqualTo(20 * 30);
        assertThat(store.count("SELECT count(*) FROM job WHERE state = 'COMPLETED'")).isEqualTo(20);
        store.requireTruth();
    }

    private static List<io.gleaner.job.Candidate> manyHosts(int job) {
        return IntStream.range(0, 30)
                .mapToObj(
                        i -> {
                            String host = "h%d.example".formatted((i * 7 + job) % 11);
                            return candidate("http://%s/%d/%d".formatted(host, job, i), host, 0);
                        })
                .toList();
    }

    private Object workUntilAllIsDone() {
        UUID id = UUID.randomUUID();
        store.workers.heartbeat(id);
        while (store.count("SELECT count(*) FROM page") < 20 * 30) {
            for (HostLease lease : store.queues.lease(id, 3, 4)) {
                List<Verdict> verdicts = new ArrayList<>();
                lease.tasks().forEach(task -> verdicts.add(page(task)));
                store.settlement.settle(verdicts);
                store.queues.release(id, List.of(released(lease, null)));
            }
        }
        return id;
    }

    private List<LeasedTask> more(Lease lease, int tasks) {
        return store.queues
                .more(lease.worker(), Map.of(lease, List.of()), tasks)
                .getOrDefault(lease, List.of());
    }

    private static List<Long> ids(List<LeasedTask> tasks) {
        return tasks.stream().map(task -> task.task().id()).toList();
    }

    private HostLease leaseOne(int tasks) {
        return store.queues.lease(worker, 1, tasks).getFirst();
    }

    private static HostRelease released(HostLease lease, @Nullable Instant notBefore) {
        return new HostRelease(lease.lease(), notBefore, 0, null, null, Duration.ZERO, "a reason");
    }
}
