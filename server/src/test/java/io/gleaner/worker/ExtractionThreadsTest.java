package io.gleaner.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class ExtractionThreadsTest {

    private final ExtractionThreads threads = new ExtractionThreads();

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
                                        threads.call(() -> Thread.currentThread().isVirtual()));
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
                                        () -> {
                                            throw new IllegalArgumentException("no page");
                                        }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no page");
        assertThatThrownBy(
                        () ->
                                threads.call(
                                        () -> {
                                            throw new StackOverflowError();
                                        }))
                .isInstanceOf(StackOverflowError.class);
    }

    @Test
    void workOfAnInterruptedCallerThatHasNotBegunIsNotDone() throws Exception {
        var gate = new CountDownLatch(1);
        int busy = Runtime.getRuntime().availableProcessors();
        var begun = new CountDownLatch(busy);
        IntStream.range(0, busy)
                .forEach(
                        n ->
                                Thread.ofVirtual()
                                        .start(
                                                () ->
                                                        callQuietly(
                                                                () -> {
                                                                    begun.countDown();
                                                                    awaitQuietly(gate);
                                                                })));
        begun.await();
        var done = new AtomicBoolean();
        Thread caller = Thread.ofVirtual().start(() -> callQuietly(() -> done.set(true)));
        caller.interrupt();
        caller.join();
        gate.countDown();
        threads.call(() -> null); // Behind the cancelled one in the queue.
        assertThat(done).isFalse();
    }

    private void callQuietly(Runnable work) {
        try {
            threads.call(
                    () -> {
                        work.run();
                        return true;
                    });
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
