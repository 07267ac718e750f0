package io.gleaner.store;

import static java.util.Objects.requireNonNull;

import io.gleaner.database.DatabaseException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Stores submissions that come at the same time in one transaction: while one commits, the next
 * gather. The first after a pause is stored at once.
 *
 * <p>The queue is bounded by time: a submission that would wait for longer than {@link
 * SubmitConfig#waitMax()}, by the full batches ahead of it and the time that the last ones took, is
 * refused at once; so is one that finds {@link #WAITING_MAX} ahead of it.
 */
final class GroupCommit implements AutoCloseable {

    /** Two, so that one prepares its statements while the other waits for the disk. */
    private static final int COMMITTERS = 2;

    private static final int TASKS_MAX = 5_000;

    /** When nothing is known yet of how long a batch takes. */
    static final int WAITING_MAX = 20_000;

    private static final double SMOOTHING = 0.2;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(10);

    private final SubmitConfig config;
    private final Function<List<NewJob>, List<SubmitOutcome>> commit;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition notEmpty = lock.newCondition();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final ExecutorService committers = Executors.newVirtualThreadPerTaskExecutor();
    private double batchSeconds;
    private boolean closed;

    private record Waiting(NewJob job, CompletableFuture<SubmitOutcome> outcome) {}

    /**
     * @param commit stores all of a list or none, and answers in its order
     */
    GroupCommit(SubmitConfig config, Function<List<NewJob>, List<SubmitOutcome>> commit) {
        this(config, commit, System::nanoTime);
    }

    GroupCommit(
            SubmitConfig config,
            Function<List<NewJob>, List<SubmitOutcome>> commit,
            LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
        this.commit = commit;
        for (int i = 0; i < COMMITTERS; i++) {
            committers.execute(this::run);
        }
    }

    /** Stores the submission and waits for the commit. */
    SubmitOutcome submit(NewJob job) {
        var waiting = new Waiting(job, new CompletableFuture<>());
        lock.lock();
        try {
            if (closed) {
                throw new DatabaseException("the service is stopping: nothing was stored");
            }
            Optional<Duration> wait = tooLong();
            if (wait.isPresent()) {
                return new SubmitOutcome.Overloaded(wait.get());
            }
            queue.add(waiting);
            notEmpty.signal();
        } finally {
            lock.unlock();
        }
        return outcome(waiting);
    }

    /** Submissions in the queue. */
    int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Stores what has queued, then stops. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            notEmpty.signalAll();
        } finally {
            lock.unlock();
        }
        committers.shutdown();
        try {
            if (!committers.awaitTermination(CLOSE_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                committers.shutdownNow();
            }
        } catch (InterruptedException e) {
            committers.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    // An interrupted caller cannot know whether its job is stored, so it waits for the answer.
    private static SubmitOutcome outcome(Waiting waiting) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return waiting.outcome().get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    throw failure(requireNonNull(e.getCause()));
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static RuntimeException failure(Throwable cause) {
        return cause instanceof DatabaseException e
                ? new DatabaseException(String.valueOf(e.getMessage()), e)
                : new IllegalStateException("a bug in the group commit", cause);
    }

    /** How long a submission would wait, if that is too long. */
    private Optional<Duration> tooLong() {
        int batchesAhead = queue.size() / config.batchMax();
        Duration wait = Duration.ofMillis((long) (1e3 * batchSeconds * batchesAhead / COMMITTERS));
        if (queue.size() >= WAITING_MAX) {
            return Optional.of(wait.plus(config.waitMax()));
        }
        return wait.compareTo(config.waitMax()) > 0 ? Optional.of(wait) : Optional.empty();
    }

    private void run() {
        try {
            for (List<Waiting> batch = take(); !batch.isEmpty(); batch = take()) {
                commit(batch);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            lock.lock();
            try {
                queue.forEach(
                        left ->
                                left.outcome()
                                        .completeExceptionally(
                                                new DatabaseException(
                                                        "the service is stopping: nothing was"
                                                                + " stored")));
            } finally {
                lock.unlock();
            }
        }
    }

    /** The next batch; empty when closed. */
    private List<Waiting> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (queue.isEmpty()) {
                if (closed) {
                    return List.of();
                }
                notEmpty.await();
            }
            return gather();
        } finally {
            lock.unlock();
        }
    }

    /** From the front, as much as fits; a key that is in the batch already waits for the next. */
    private List<Waiting> gather() {
        List<Waiting> batch = new ArrayList<>();
        Set<String> keys = new HashSet<>();
        int tasks = 0;
        Iterator<Waiting> waiting = queue.iterator();
        while (waiting.hasNext() && batch.size() < config.batchMax() && tasks < TASKS_MAX) {
            Waiting next = waiting.next();
            NewJob job = next.job();
            if (job.idempotency() == null || keys.add(job.storedKey())) {
                batch.add(next);
                tasks += job.seeds().count();
                waiting.remove();
            }
        }
        return batch;
    }

    private void commit(List<Waiting> batch) {
        long began = nanoTime.getAsLong();
        try {
            List<SubmitOutcome> outcomes = commit.apply(batch.stream().map(Waiting::job).toList());
            took((nanoTime.getAsLong() - began) / 1e9);
            for (int i = 0; i < batch.size(); i++) {
                batch.get(i).outcome().complete(outcomes.get(i));
            }
        } catch (RuntimeException | Error e) { // Whatever it is, nobody may wait for ever.
            batch.forEach(waiting -> waiting.outcome().completeExceptionally(e));
        }
    }

    private void took(double seconds) {
        lock.lock();
        try {
            batchSeconds += SMOOTHING * (seconds - batchSeconds);
        } finally {
            lock.unlock();
        }
    }
}
