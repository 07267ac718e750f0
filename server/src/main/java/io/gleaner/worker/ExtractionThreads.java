package io.gleaner.worker;

import static java.util.Objects.requireNonNull;

import io.gleaner.budget.Budget;
import io.gleaner.budget.Hold;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Platform threads for what takes the CPU for milliseconds at a time, as many at work as there are
 * cores. On the carriers of the virtual threads it would hold up everybody who only has a few bytes
 * to pass on: requests, fetches, settles. Whose turn it is {@link ExtractionTurns} says.
 */
public final class ExtractionThreads implements AutoCloseable {

    private final ExtractionTurns turns;
    private final Budget trees;

    /** As many as pages are begun, which the turns bound. */
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("extract-", 0).factory());

    /**
     * @param pagesMax of all jobs under way, as {@link #hasRoom} has it
     * @param trees what the documents that are being parsed may take
     */
    public ExtractionThreads(int pagesMax, Budget trees, InstantSource clock) {
        this.trees = trees;
        this.turns =
                new ExtractionTurns(Runtime.getRuntime().availableProcessors(), pagesMax, clock);
    }

    /**
     * Does the work in one of the threads, when it is the job's turn, and waits for it.
     *
     * @param treeBytes held while it is done
     * @param work is given what it has to call now and then: others may go first in it
     * @throws InterruptedException when the caller is interrupted; work that has begun is
     *     interrupted, and its end awaited
     */
    <T> T call(ExtractionUse use, long treeBytes, Function<Runnable, T> work)
            throws InterruptedException {
        try (var turn = turns.of(use);
                var hold = trees.hold()) {
            var extraction =
                    new Extraction<>(
                            turn,
                            () -> {
                                awaitMemory(turn, hold, treeBytes);
                                return work.apply(turn::pause);
                            });
            turn.whenGranted(extraction);
            try {
                return extraction.result.get();
            } catch (InterruptedException e) {
                if (!turn.withdraw()) {
                    extraction.result.cancel(true);
                    awaitUninterruptibly(extraction.ended);
                }
                throw e;
            } catch (ExecutionException e) {
                switch (requireNonNull(e.getCause())) {
                    case RuntimeException cause -> throw cause;
                    case Error cause -> throw cause;
                    case Throwable cause -> throw new IllegalStateException(cause);
                }
            }
        }
    }

    /** One page's work, in a thread that passes itself on with the turn. */
    private final class Extraction<T> implements ExtractionTurns.Work {

        private final ExtractionTurns.Turn turn;
        private final Callable<T> work;
        private final FutureTask<T> result = new FutureTask<>(this::extract);
        private final CountDownLatch ended = new CountDownLatch(1);
        private boolean handedOn;
        private ExtractionTurns.@Nullable Work next;

        Extraction(ExtractionTurns.Turn turn, Callable<T> work) {
            this.turn = turn;
            this.work = work;
        }

        @Override
        public void begin() {
            try {
                threads.execute(
                        () -> {
                            ExtractionTurns.Work now = this;
                            while (now != null) {
                                now = now.run();
                            }
                        });
            } catch (RuntimeException | Error e) { // Stopping, or there is no thread to be had.
                result.cancel(false);
                ended.countDown();
            }
        }

        @Override
        public ExtractionTurns.@Nullable Work run() {
            result.run();
            if (!handedOn) { // It was cancelled before it began.
                handOn();
            }
            boolean _ = Thread.interrupted(); // It was meant for this page, not for the next.
            ended.countDown();
            return next;
        }

        /** Hands on before the result is told: who waits for that would give the turn away. */
        private T extract() throws Exception {
            try {
                return work.call();
            } finally {
                handOn();
            }
        }

        private void handOn() {
            handedOn = true;
            if (threads.isShutdown()) {
                turn.giveBack();
            } else {
                next = turn.handOn();
            }
        }
    }

    /** Those who have the memory may need the turn to come to their end. */
    private static void awaitMemory(ExtractionTurns.Turn turn, Hold hold, long bytes)
            throws InterruptedException {
        if (!hold.tryAtLeast(bytes)) {
            turn.giveBack();
            hold.awaitAtLeast(bytes);
            turn.take();
        }
    }

    /** Whether another page of the job may be fetched, see {@link ExtractionTurns#hasRoom}. */
    boolean hasRoom(ExtractionUse use) {
        return turns.hasRoom(use);
    }

    boolean isHeavy(ExtractionUse use) {
        return turns.isHeavy(use);
    }

    /** Waits for that, and not for longer than this. */
    void awaitRoom(ExtractionUse use, Duration atMost) throws InterruptedException {
        turns.awaitRoom(use, atMost);
    }

    /** Another page of the job is under way, from its fetch on, until the place is closed. */
    ExtractionTurns.Place enter(ExtractionUse use) {
        return turns.enter(use);
    }

    /** Turn and memory are another's only when the thread has left them. */
    private static void awaitUninterruptibly(CountDownLatch ended) {
        while (true) {
            try {
                ended.await();
                return;
            } catch (InterruptedException e) {
                // The caller throws one already.
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
