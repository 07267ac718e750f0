package io.gleaner.app;

import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;

/** What lies behind the caches of several processes. */
interface CacheBackend extends AutoCloseable {

    /** The connections of one more process, ready for use, which wait for what they ask for. */
    Member member() throws InterruptedException;

    /** The same with the times of the product: what does not answer soon is gone without. */
    default Member hurriedMember() throws InterruptedException {
        return member();
    }

    /** Whether processes share values. */
    boolean isShared();

    @Override
    void close();

    /**
     * One process.
     *
     * @param end closes what is behind the caches
     */
    record Member(SharedStore store, Bus bus, SimpleMeterRegistry metrics, Runnable end) {

        Caches caches() {
            return new Caches(store, bus, metrics, InstantSource.system());
        }

        double count(String counter) {
            return metrics.get(counter).counters().stream().mapToDouble(c -> c.count()).sum();
        }
    }
}
