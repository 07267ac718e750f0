package io.gleaner.store;

import static io.gleaner.store.TestStore.accepted;
import static io.gleaner.store.TestStore.candidate;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.job.Candidate;
import io.gleaner.job.Job;
import io.gleaner.store.SubmitOutcome.Accepted;
import io.gleaner.store.SubmitOutcome.Conflict;
import io.gleaner.store.SubmitOutcome.Duplicate;
import io.gleaner.store.SubmitOutcome.InProgress;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One key, several submissions at the same time: never two jobs, and nobody waits for a key. */
@Timeout(60)
class IdempotencyIT {

    private static final IdempotencyKey KEY = new IdempotencyKey("k", "hash");
    private static final int OTHERS = 100;
    private static final int LARGE = 1_500;

    private final TestStore store = new TestStore();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void close() {
        threads.shutdownNow();
        store.close();
    }

    @Test
    void aKeyThatALongTransactionHoldsDelaysNoOtherSubmission() throws Exception {
        try (Handle upload = hold(KEY.key())) {
            List<Future<SubmitOutcome>> keyed = new ArrayList<>();
            List<Future<SubmitOutcome>> others = new ArrayList<>();
            for (int n = 0; n < OTHERS; n++) {
                String own = n % 2 == 0 ? null : "own-" + n;
                if (n % 10 == 0) {
                    keyed.add(threads.submit(() -> submit(store, 1, KEY)));
                }
                others.add(threads.submit(() -> submit(store, 1, key(own))));
            }
            for (Future<SubmitOutcome> other : others) {
                assertThat(other.get()).isInstanceOf(Accepted.class);
            }
            for (Future<SubmitOutcome> one : keyed) {
                assertThat(one.get()).isInstanceOf(InProgress.class);
            }
            upload.rollback();
        }
        assertThat(store.count("SELECT count(*) FROM job")).isEqualTo(OTHERS);
        store.requireTruth();
    }

    @Test
    void aLargeUploadWhoseKeyIsHeldIsAnsweredAtOnceAndLeavesNothing() {
        try (Handle upload = hold(KEY.key())) {
            assertThat(submit(store, LARGE, KEY)).isInstanceOf(InProgress.class);
            upload.rollback();
        }
        assertThat(store.count("SELECT count(*) FROM job")).isZero();
        assertThat(store.count("SELECT count(*) FROM host")).isZero();
    }

    @Test
    void whenTheHolderFailsTheNextTryGetsIn() {
        for (int urls : List.of(1, LARGE)) {
            var key = new IdempotencyKey("of-" + urls, "hash");
            try (Handle upload = hold(key.key())) {
                assertThat(submit(store, urls, key)).isInstanceOf(InProgress.class);
                upload.rollback();
            }
            Job job = accepted(submit(store, urls, key));
            assertThat(submit(store, urls, key)).isEqualTo(new Duplicate(job));
        }
        store.requireTruth();
    }

    /** Locks are by hash: whoever holds that of a known key holds up nobody who asks for it. */
    @Test
    void aKnownKeyIsAnsweredThoughItsHashIsHeld() {
        Job job = accepted(submit(store, 1, KEY));
        try (Handle collision = hold(KEY.key())) {
            assertThat(submit(store, 1, KEY)).isEqualTo(new Duplicate(job));
            assertThat(submit(store, 1, new IdempotencyKey("k", "other")))
                    .isEqualTo(new Conflict(job));
            assertThat(submit(store, LARGE, KEY)).isEqualTo(new Duplicate(job));
            collision.rollback();
        }
    }

    @Test
    void manyAtOnceWithOneKeyInTwoProcessesAreOneJob() throws Exception {
        try (var other = new TestStore(SubmitConfig.standard(), store.access)) {
            List<Future<SubmitOutcome>> answers = new ArrayList<>();
            for (int n = 0; n < OTHERS; n++) {
                TestStore process = n % 2 == 0 ? store : other;
                int urls = n % 25 == 0 ? LARGE : 1;
                answers.add(threads.submit(() -> submit(process, urls, KEY)));
            }
            List<Job> accepted = new ArrayList<>();
            List<Job> known = new ArrayList<>();
            for (Future<SubmitOutcome> answer : answers) {
                switch (answer.get()) {
                    case Accepted(Job job) -> accepted.add(job);
                    case Duplicate(Job job) -> known.add(job);
                    case InProgress _ -> {}
                    case SubmitOutcome outcome -> throw new AssertionError(outcome.toString());
                }
            }
            assertThat(accepted).hasSize(1);
            assertThat(known).allMatch(job -> job.id().equals(accepted.getFirst().id()));
            assertThat(submit(other, 1, KEY)).isEqualTo(new Duplicate(accepted.getFirst()));
        }
        assertThat(store.count("SELECT count(*) FROM job")).isEqualTo(1);
        store.requireTruth();
    }

    /** As an upload of another process does that has not committed yet. */
    private Handle hold(String key) {
        Handle handle = store.open();
        handle.begin();
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))::text")
                .bind("key", key)
                .mapTo(String.class)
                .one();
        return handle;
    }

    private static @Nullable IdempotencyKey key(@Nullable String text) {
        return text == null ? null : new IdempotencyKey(text, "hash");
    }

    private static SubmitOutcome submit(TestStore store, int urls, @Nullable IdempotencyKey key) {
        String path = UUID.randomUUID().toString();
        List<Candidate> seeds =
                IntStream.range(0, urls)
                        .mapToObj(
                                i ->
                                        candidate(
                                                "http://a.example/%s/%d".formatted(path, i),
                                                "a.example",
                                                0))
                        .toList();
        return store.submissions.submit(TestStore.spec(5), SeedSource.of(seeds), key);
    }
}
