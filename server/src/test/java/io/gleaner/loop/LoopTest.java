package io.gleaner.loop;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoopTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    static java.util.List<Supplier<Throwable>> everythingThatCanBeThrown() {
        return java.util.List.of(
                () -> new IllegalStateException("planted"),
                () -> new StackOverflowError("planted"),
                () -> new OutOfMemoryError("planted"),
                () -> new NoClassDefFoundError("planted"),
                () -> new InterruptedException("planted"));
    }

    @ParameterizedTest
    @MethodSource("everythingThatCanBeThrown")
    void nothingThatARoundThrowsEndsIt(Supplier<Throwable> thrown) throws Exception {
        var rounds = new AtomicInteger();
        var third = new CountDownLatch(3);
        try (Loop _ =
                Loop.start(
                        "planted",
                        metrics,
                        () -> {
                            int round = rounds.incrementAndGet();
                            third.countDown();
                            if (round <= 2) {
                                LoopTest.<RuntimeException>sneakily(thrown.get());
                            }
                            third.await();
                            new CountDownLatch(1).await();
                        })) {
            third.await();
        }
        assertThat(rounds).hasValueGreaterThanOrEqualTo(3);
    }

    @Test
    void healthTellsOfOneThatKeepsFailingUntilItSucceeds() throws Exception {
        var broken = new AtomicBoolean(true);
        var rounds = new Semaphore(0);
        var go = new Semaphore(0);
        try (Loop _ =
                Loop.start(
                        "lease",
                        metrics,
                        () -> {
                            rounds.release();
                            go.acquire();
                            if (broken.get()) {
                                throw new IllegalStateException("planted");
                            }
                        })) {
            go.release(Loop.FAILING_MIN - 1);
            rounds.acquire(Loop.FAILING_MIN);
            assertThat(Loop.failing(metrics)).isEmpty();
            go.release();
            rounds.acquire();
            assertThat(Loop.failing(metrics))
                    .hasValueSatisfying(
                            problem -> assertThat(problem).contains("'lease'").contains("3 times"));
            broken.set(false);
            go.release();
            rounds.acquire();
            assertThat(Loop.failing(metrics)).isEmpty();
        }
        assertThat(metrics.counter("gleaner.loop.failures", "loop", "lease").count())
                .isEqualTo(Loop.FAILING_MIN);
    }

    @Test
    void onceStoppedItDoesWhatIsLeft() throws Exception {
        var left = new AtomicInteger(5);
        var begun = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Loop loop =
                Loop.untilDone(
                        "settle",
                        metrics,
                        () -> left.get() == 0,
                        () -> {
                            begun.countDown();
                            stopped.await();
                            left.decrementAndGet();
                        });
        begun.await();
        loop.stop();
        stopped.countDown();
        assertThat(loop.awaitEnd(LONG)).isTrue();
        assertThat(left).hasValue(0);
    }

    @Test
    void closingInterruptsARoundAndEndsAPause() throws Exception {
        Loop waiting = Loop.start("waiting", metrics, () -> new CountDownLatch(1).await());
        var once = new CountDownLatch(1);
        Loop pausing = Loop.every(Duration.ofDays(1), "pausing", metrics, once::countDown);
        once.await();
        waiting.close();
        pausing.close();
        assertThat(waiting.awaitEnd(LONG)).isTrue();
        assertThat(pausing.awaitEnd(LONG)).isTrue();
        assertThat(metrics.find("gleaner.loop.failing").gauges()).isEmpty();
    }

    @Test
    void closingEndsOneThatFailsOverAndOver() throws Exception {
        var failed = new CountDownLatch(2);
        Loop loop =
                Loop.untilDone(
                        "broken",
                        metrics,
                        () -> false,
                        () -> {
                            failed.countDown();
                            throw new IllegalStateException("planted");
                        });
        failed.await();
        loop.close();
        assertThat(loop.awaitEnd(LONG)).isTrue();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneakily(Throwable thrown) throws T {
        throw (T) thrown;
    }
}
