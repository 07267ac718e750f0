package io.gleaner.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.gleaner.database.DatabaseException;
import io.gleaner.job.Tenant;
import io.gleaner.seal.Sealer;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.SubmitOutcome.Overloaded;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {

    private static final int COMMITTERS = 2;
    private static final SubmitConfig CONFIG =
            new SubmitConfig(1_000_000, 10, Duration.ofMillis(500));

    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private volatile CountDownLatch gate = new CountDownLatch(1);
    private final AtomicLong clock = new AtomicLong();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final GroupCommit groups = new GroupCommit(CONFIG, this::commit, clock::get);
    private volatile boolean fails;

    @AfterEach
    void close() {
        gate.countDown();
        groups.close();
        callers.close();
    }

    @Test
    void whatComesWhileACommitRunsSharesTheNextOne() throws Exception {
        List<Future<SubmitOutcome>> answers = fillTheQueueBehindTwoCommits(8);
        gate.countDown();

        for (Future<SubmitOutcome> answer : answers) {
            assertThat(answer.get()).isInstanceOf(Accepted.class);
        }
        assertThat(batches).startsWith(1, 1).contains(8);
    }

    @Test
    void aBatchIsNotLargerThanItsLimit() throws Exception {
        List<Future<SubmitOutcome>> answers = fillTheQueueBehindTwoCommits(25);
        gate.countDown();

        for (Future<SubmitOutcome> answer : answers) {
            assertThat(answer.get()).isInstanceOf(Accepted.class);
        }
        assertThat(batches).allMatch(size -> size <= CONFIG.batchMax());
        assertThat(batches.stream().mapToInt(size -> size).sum()).isEqualTo(27);
    }

    @Test
    void twoOfOneKeyAreNeverInOneBatch() throws Exception {
        List<Future<SubmitOutcome>> answers = fillTheQueueBehindTwoCommits(0);
        for (int i = 0; i < 3; i++) {
            answers.add(submit(new IdempotencyKey("k", "h")));
        }
        await().until(() -> groups.waiting() == 3);
        gate.countDown();

        for (Future<SubmitOutcome> answer : answers) {
            answer.get();
        }
        assertThat(batches).hasSize(5).containsOnly(1);
    }

    @Test
    void aBatchThatFailsFailsItsMembersAndNobodyElse() throws Exception {
        gate.countDown();
        fails = true;
        Future<SubmitOutcome> failing = submit(null);
        assertThatThrownBy(failing::get).hasRootCauseInstanceOf(DatabaseException.class);
        fails = false;
        assertThat(submit(null).get()).isInstanceOf(Accepted.class);
    }

    @Test
    void whoWouldWaitForTooLongIsRefusedAtOnceAndTheOthersAreStored() throws Exception {
        gate.countDown();
        for (int i = 0; i < 20; i++) {
            submit(null).get(); // Each takes a second by the clock, so the next are expected to.
        }
        gate = new CountDownLatch(1);
        List<Future<SubmitOutcome>> answers = fillTheQueueBehindTwoCommits(2 * CONFIG.batchMax());

        assertThat(groups.submit(job(null))).isInstanceOf(Overloaded.class);
        gate.countDown();
        for (Future<SubmitOutcome> answer : answers) {
            assertThat(answer.get()).isInstanceOf(Accepted.class);
        }
        assertThat(groups.submit(job(null))).isInstanceOf(Accepted.class);
    }

    @Test
    void closingStoresWhatHasQueuedAndRefusesTheRest() throws Exception {
        List<Future<SubmitOutcome>> answers = fillTheQueueBehindTwoCommits(5);
        Future<?> closing = callers.submit(groups::close);
        gate.countDown();
        closing.get();

        for (Future<SubmitOutcome> answer : answers) {
            assertThat(answer.get()).isInstanceOf(Accepted.class);
        }
        assertThatThrownBy(() -> groups.submit(job(null)))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("stopping");
    }

    /** Both committers are in a commit of one that waits at the gate; {@code n} more queue. */
    private List<Future<SubmitOutcome>> fillTheQueueBehindTwoCommits(int n) {
        int before = batches.size();
        List<Future<SubmitOutcome>> answers = new ArrayList<>();
        for (int i = 1; i <= COMMITTERS; i++) {
            answers.add(submit(null));
            int inCommit = before + i;
            await().until(() -> batches.size() == inCommit);
        }
        for (int i = 0; i < n; i++) {
            answers.add(submit(null));
        }
        await().until(() -> groups.waiting() == n);
        return answers;
    }

    private Future<SubmitOutcome> submit(@Nullable IdempotencyKey key) {
        return callers.submit(() -> groups.submit(job(key)));
    }

    private List<SubmitOutcome> commit(List<NewJob> jobs) {
        batches.add(jobs.size());
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        if (fails) {
            throw new DatabaseException("planted");
        }
        return jobs.stream()
                .<SubmitOutcome>map(job -> new Accepted(job.stored(Instant.EPOCH)))
                .toList();
    }

    private static NewJob job(@Nullable IdempotencyKey key) {
        var seeds =
                SeedSource.of(List.of(TestStore.candidate("http://a.example/", "a.example", 0)));
        return NewJob.of(
                UUID.randomUUID(), Tenant.MAIN, TestStore.spec(5), seeds, key, Sealer.none());
    }
}
