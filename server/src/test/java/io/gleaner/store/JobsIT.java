package io.gleaner.store;

import static io.gleaner.store.TestStore.accepted;
import static io.gleaner.store.TestStore.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import io.gleaner.job.Job;
import io.gleaner.job.JobState;
import io.gleaner.job.Tenant;
import io.gleaner.store.SubmitOutcome.BacklogFull;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobsIT {

    private static final SeedSource ONE =
            SeedSource.of(List.of(candidate("http://a.example/", "a.example", 0)));
    private final TestStore store = new TestStore();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void aSubmittedJobIsFoundAsItWasAskedFor() {
        Job job = accepted(store.submissions.submit(TestStore.spec(3), ONE, null));
        Job found = store.job(job);
        assertThat(found).isEqualTo(job);
        assertThat(found.spec()).isEqualTo(TestStore.spec(3));
        assertThat(found.id().version()).isEqualTo(7);
    }

    @Test
    void theSameUrlTwiceIsOneTask() {
        Candidate one = candidate("http://a.example/", "a.example", 0);
        Job job = store.submit(List.of(one, one));
        assertThat(job.total()).isEqualTo(1);
        store.requireTruth();
    }

    @Test
    void jobsAreListedNewestFirstAndPageByPage() {
        List<UUID> ids =
                IntStream.range(0, 5).mapToObj(i -> store.submit("a.example", 1).id()).toList();
        List<Job> firstPage = store.jobs.list(Tenant.MAIN, null, null, 3);
        List<Job> secondPage = store.jobs.list(Tenant.MAIN, null, firstPage.getLast().id(), 3);
        assertThat(firstPage).hasSize(3);
        assertThat(secondPage).hasSize(2);
        assertThat(store.jobs.list(Tenant.MAIN, null, null, 10))
                .extracting(Job::id)
                .containsExactlyInAnyOrderElementsOf(ids)
                .isSortedAccordingTo((a, b) -> b.toString().compareTo(a.toString()));
        assertThat(store.jobs.list(Tenant.MAIN, JobState.CANCELLED, null, 10)).isEmpty();
    }

    @Test
    void jobsInAStateAreListedNewestFirstFromTheCursorOnAndNoOthers() {
        List<Job> jobs = IntStream.range(0, 9).mapToObj(i -> store.submit("a.example", 1)).toList();
        List<UUID> cancelled =
                jobs.stream()
                        .map(Job::id)
                        .sorted((a, b) -> b.toString().compareTo(a.toString()))
                        .limit(4)
                        .toList();
        cancelled.forEach(store.jobs::cancel);
        assertThat(store.jobs.list(Tenant.MAIN, JobState.CANCELLED, null, 3))
                .extracting(Job::id)
                .isEqualTo(cancelled.subList(0, 3));
        assertThat(store.jobs.list(Tenant.MAIN, JobState.CANCELLED, cancelled.get(2), 3))
                .extracting(Job::id)
                .isEqualTo(cancelled.subList(3, 4));
        assertThat(store.jobs.list(Tenant.MAIN, JobState.RUNNING, null, 10))
                .hasSize(5)
                .allMatch(job -> job.state() == JobState.RUNNING);
    }

    @Test
    void aRepeatedIdempotencyKeyFindsTheFirstJobAndAnotherBodyIsAConflict() {
        var key = new IdempotencyKey("k", "hash");
        Job job = accepted(store.submissions.submit(TestStore.spec(5), ONE, key));
        assertThat(store.submissions.submit(TestStore.spec(5), ONE, key))
                .isEqualTo(new Duplicate(job));
        assertThat(
                        store.submissions.submit(
                                TestStore.spec(5), ONE, new IdempotencyKey("k", "other")))
                .isEqualTo(new Conflict(job));
        assertThat(store.count("SELECT count(*) FROM task")).isEqualTo(1);
    }

    @Test
    void twentySubmissionsAtOnceWithOneKeyAreOneJob() throws Exception {
        Callable<SubmitOutcome> submit =
                () ->
                        store.submissions.submit(
                                TestStore.spec(5), ONE, new IdempotencyKey("k", "h"));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var outcomes = threads.invokeAll(IntStream.range(0, 20).mapToObj(i -> submit).toList());
            assertThat(outcomes.stream().map(java.util.concurrent.Future::resultNow))
                    .filteredOn(outcome -> outcome instanceof SubmitOutcome.Accepted)
                    .hasSize(1);
        }
        assertThat(store.count("SELECT count(*) FROM job")).isEqualTo(1);
    }

    @Test
    void aFullBacklogRefusesAndStoresNothing() {
        try (var small = new TestStore(SubmitConfig.standard().withBacklogMax(0))) {
            assertThat(small.submissions.submit(TestStore.spec(5), ONE, null))
                    .isInstanceOf(BacklogFull.class);
            assertThat(small.count("SELECT count(*) FROM job")).isZero();
        }
    }

    @Test
    void aLargeSubmissionKeepsItsOrder() {
        List<Candidate> seeds =
                IntStream.range(0, 12_000)
                        .mapToObj(
                                i ->
                                        candidate(
                                                "http://h%d.example/%d".formatted(i % 3, i),
                                                "h%d.example".formatted(i % 3),
                                                0))
                        .toList();
        Job job = store.submit(seeds);
        assertThat(job.total()).isEqualTo(12_000);
        HostLease lease = store.queues.lease(UUID.randomUUID(), 1, 3).getFirst();
        int first = Integer.parseInt(lease.host().substring(1, 2));
        assertThat(
                        lease.tasks().stream()
                                .map(task -> task.task().url())
                                .map(url -> url.substring(url.lastIndexOf('/') + 1))
                                .collect(Collectors.joining(",")))
                .isEqualTo("%d,%d,%d".formatted(first, first + 3, first + 6));
    }
}
