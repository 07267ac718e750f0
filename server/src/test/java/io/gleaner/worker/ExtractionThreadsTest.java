package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.budget.Budget;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class ExtractionThreadsTest {

    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final long BYTES = 10;

    private final ExtractionThreads threads =
            new ExtractionThreads(CORES, new Budget("trees", BYTES), InstantSource.system());
    private final ExtractionUse use = new ExtractionUse();

    @AfterEach
    void close() {
        threads.close();
    }

    @Test
    void workLeavesTheCarriersOfVirtualThreadsAlone() throws Exception {
        var result = new CompletableFuture<Boolean>();
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                result.complete(
                                        threads.call(
                                                use, 0, _ -> Thread.currentThread().isVirtual()));
                            } catch (InterruptedException e) {
                                result.completeExceptionally(e);
                            }
                        });
        assertThat(result.get()).isFalse();
    }

    @Test
    void whatTheWorkThrowsIsThrownToTheCaller() {
        assertThatThrownBy(
                        () ->
                                threads.call(
                                        use,
                                        0,
                                        _ -> {
                                            throw new IllegalArgumentException("no page");
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no page");
        assertThatThrownBy(
                        () ->
                                threads.call(
                                        use,
                                        0,
                                        _ -> {
                                            throw new StackOverflowError();
                                        }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void workOfAnInterruptedCallerThatHasNotBegunIsNotDone() throws Exception {
        var gate = new CountDownLatch(1);
        occupyAll(gate);
        var done = new AtomicBoolean();
        Thread caller = start(() -> done.set(true));
        caller.interrupt();
        caller.join();
        gate.countDown();
        threads.call(use, 0, _ -> true); // Behind the cancelled one in the queue.
        assertThat(done).isFalse();
    }

    @Test
    void workOfAnInterruptedCallerIsInterruptedAndItsEndAwaited() throws Exception {
        var begun = new CountDownLatch(1);
        var ended = new AtomicBoolean();
        Thread caller =
                start(
                        () -> {
                            begun.countDown();
                            while (!Thread.currentThread().isInterrupted()) {
                                Thread.onSpinWait();
                            }
                            ended.set(true);
                        });
        begun.await();
        caller.interrupt();
        caller.join();
        assertThat(ended).isTrue();
    }

    @Test
    void whoWaitsForMemoryHoldsNobodyUp() throws Exception {
        var gate = new CountDownLatch(1);
        var holding = new CountDownLatch(1);
        Thread holder =
                start(
                        BYTES,
                        _ -> {
                            holding.countDown();
                            awaitQuietly(gate);
                            return true;
                        });
        holding.await();
        Thread[] waiting =
                IntStream.range(0, 2 * CORES)
                        .mapToObj(_ -> start(BYTES, _ -> true))
                        .toArray(Thread[]::new);
        threads.call(new ExtractionUse(), 0, _ -> true); // Small enough, and has its turn.
        gate.countDown();
        holder.join();
        for (Thread thread : waiting) {
            thread.join();
        }
    }

    private void occupyAll(CountDownLatch gate) throws InterruptedException {
        var begun = new CountDownLatch(CORES);
        for (int i = 0; i < CORES; i++) {
            start(
                    () -> {
                        begun.countDown();
                        awaitQuietly(gate);
                    });
        }
        begun.await();
    }

    private Thread start(Runnable work) {
        return start(
                0,
                _ -> {
                    work.run();
                    return true;
                });
    }

    private Thread start(long bytes, Function<Runnable, Boolean> work) {
        return Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                threads.call(use, bytes, work);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
