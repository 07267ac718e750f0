package io.gleaner.objects;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether the object store is known to be away. While it is, every use is refused at once. Nobody's
 * request is the probe: a thread of its own asks until the store answers.
 */
final class ObjectsOutage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ObjectsOutage.class);
    private static final Duration ASK_AGAIN = Duration.ofMillis(500);

    private final Supplier<Optional<String>> probe;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile @Nullable Begun begun;

    private record Begun(long nanos, String cause) {
        long seconds() {
            return Duration.ofNanos(System.nanoTime() - nanos).toSeconds();
        }
    }

    /**
     * @param probe asks the store, for a bounded time; answers why it does not serve, or nothing
     */
    ObjectsOutage(Supplier<Optional<String>> probe, MeterRegistry metrics) {
        this.probe = probe;
        Gauge.builder("gleaner.objects.outage", this, outage -> outage.begun == null ? 0 : 1)
                .description("1 while the object store is known to be away")
                .register(metrics);
    }

    /**
     * @throws ObjectsException at once when the store is away
     */
    void check() {
        Optional<String> problem = problem();
        if (problem.isPresent()) {
            throw ObjectsException.outage(problem.get());
        }
    }

    Optional<String> problem() {
        Begun now = begun;
        return now == null
                ? Optional.empty()
                : Optional.of(
                        "the object store cannot be used, for %d s now: %s"
                                .formatted(now.seconds(), now.cause()));
    }

    /** Somebody was not served: that may be all, or the store is away. */
    void suspected() {
        if (stop.getCount() > 0 && asking.compareAndSet(false, true)) {
            Thread.ofVirtual().name("objects-outage").start(this::ask);
        }
    }

    private void ask() {
        try {
            Optional<String> cause = probe.get();
            if (cause.isPresent()) {
                begun = new Begun(System.nanoTime(), cause.get());
                LOG.warn("the object store is away: {}", cause.get());
                awaitAnswer();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (stop.getCount() > 0) { // Else the client was closed under the probe.
                LOG.error("a bug in asking for the object store", e);
                begun = null;
            }
        } finally {
            asking.set(false);
        }
    }

    private void awaitAnswer() throws InterruptedException {
        do {
            if (stop.await(ASK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } while (probe.get().isPresent());
        Begun was = begun;
        begun = null;
        LOG.info("the object store is back after {} s", was == null ? 0 : was.seconds());
    }

    @Override
    public void close() {
        stop.countDown();
    }
}
