package io.gleaner.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Values by key: in this process (first level), in the store that processes share (second level, if
 * there is one), else from a loader.
 *
 * <p>Concurrent misses share one load, unless the key was invalidated since it began. A load that
 * began before an invalidation is answered to those who asked before it, and kept nowhere. So after
 * {@link #invalidate} has returned, this process gives no older value; the others do not once they
 * have heard of it, and at the latest when {@link CacheSpec#fresh} and {@link CacheSpec#shared} are
 * over.
 */
public final class TwoLevelCache<V> {

    private static final Logger LOG = LoggerFactory.getLogger(TwoLevelCache.class);
    private static final Duration TURN_MAX = Duration.ofSeconds(10);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final int ENTRY_BYTES = 96;
    private static final int ABSENT_MAX = 10_000;
    private static final double JITTER = 0.1;

    private final CacheSpec<V> spec;
    private final SharedStore store;
    private final Invalidations invalidations;
    private final CacheMetrics metrics;
    private final InstantSource clock;
    private final Epochs epochs = new Epochs();
    private final Cache<String, Entry<V>> entries;
    private final Cache<String, Long> absent;
    private final Cache<String, Long> floors;
    private final ConcurrentMap<String, Flight<V>> flights = new ConcurrentHashMap<>();

    /**
     * @param epoch of the key before the value was looked for
     * @param freshUntil in milliseconds of the clock
     */
    private record Entry<V>(Versioned<V> value, long epoch, long freshUntil) {}

    /** A load under way. */
    private static final class Flight<V> {
        private final long epoch;
        private final CompletableFuture<Optional<Versioned<V>>> outcome = new CompletableFuture<>();

        Flight(long epoch) {
            this.epoch = epoch;
        }
    }

    TwoLevelCache(
            CacheSpec<V> spec,
            SharedStore store,
            Invalidations invalidations,
            CacheMetrics metrics,
            InstantSource clock) {
        this.spec = spec;
        this.store = store;
        this.invalidations = invalidations;
        this.metrics = metrics;
        this.clock = clock;
        this.entries =
                timed(spec.fresh().plus(spec.stale()))
                        .maximumWeight(spec.bytesMax())
                        .weigher(this::weight)
                        .removalListener(
                                (@Nullable String key,
                                        @Nullable Entry<V> entry,
                                        RemovalCause cause) -> evicted(cause))
                        .build();
        this.absent = timed(spec.absent()).maximumSize(ABSENT_MAX).build();
        this.floors = timed(spec.shared()).maximumSize(ABSENT_MAX).build();
        metrics.size(this::bytes, spec.bytesMax());
    }

    private Caffeine<Object, Object> timed(Duration time) {
        return Caffeine.newBuilder()
                .expireAfterWrite(time)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run);
    }

    /**
     * The value of a key, loaded if need be.
     *
     * @throws RuntimeException what the loader threw, when no stale value may stand in
     */
    public Optional<V> get(String key, Loader<V> loader) throws InterruptedException {
        return getVersioned(key, loader).map(Versioned::value);
    }

    /** As {@link #get}, with the version. */
    public Optional<Versioned<V>> getVersioned(String key, Loader<V> loader)
            throws InterruptedException {
        long epoch = epochs.of(key);
        Entry<V> known = entries.getIfPresent(key);
        Versioned<V> fresh = fresh(known, epoch);
        if (fresh != null) {
            metrics.hit.increment();
            return Optional.of(fresh);
        }
        if (isAbsent(key, epoch)) {
            metrics.absent.increment();
            return Optional.empty();
        }
        try {
            return fly(key, epoch, loader);
        } catch (RuntimeException e) {
            metrics.failed.increment();
            // One that was invalidated is known to be wrong; one that is merely old may still do.
            if (known == null || known.epoch() != epoch || spec.stale().isZero()) {
                throw e;
            }
            LOG.debug("{}: an old value stands in", spec.name(), e);
            metrics.stale.increment();
            return Optional.of(known.value());
        }
    }

    private @Nullable Versioned<V> fresh(@Nullable Entry<V> known, long epoch) {
        return known != null && known.epoch() == epoch && clock.millis() < known.freshUntil()
                ? known.value()
                : null;
    }

    private boolean isAbsent(String key, long epoch) {
        Long absentAt = absent.getIfPresent(key);
        return absentAt != null && absentAt == epoch;
    }

    /** The value if it is at hand in this process, without loading anything. */
    public Optional<V> peek(String key) {
        Entry<V> known = entries.getIfPresent(key);
        return known != null && known.epoch() == epochs.of(key)
                ? Optional.of(known.value().value())
                : Optional.empty();
    }

    /** Puts a value that was just made, for this process and the others. */
    public void put(String key, Versioned<V> value) {
        keep(key, epochs.of(key), value);
        share(key, value);
    }

    /**
     * To be called after the commit that made all versions before this one old. When it returns,
     * this process gives none of them.
     */
    public void invalidate(String key, long version) {
        forget(key, version);
        if (isShared() && !forgetShared(key, version)) {
            invalidations.owe(() -> forgetShared(key, version));
        }
        invalidations.announce(spec.name(), key, version);
    }

    /** Another process has invalidated. */
    void forget(String key, long version) {
        if (isShared()) {
            floors.asMap().merge(key, version, Math::max);
        }
        epochs.advance(key);
        entries.invalidate(key);
        absent.invalidate(key);
    }

    /** Invalidations may have been missed. */
    void forgetAll() {
        epochs.advanceAll();
        entries.invalidateAll();
        absent.invalidateAll();
    }

    String name() {
        return spec.name();
    }

    /** Bytes in this process, about. */
    long bytes() {
        return entries.policy()
                .eviction()
                .map(eviction -> eviction.weightedSize().orElse(0))
                .orElse(0L);
    }

    private Optional<Versioned<V>> fly(String key, long epoch, Loader<V> loader)
            throws InterruptedException {
        while (true) {
            var mine = new Flight<V>(epoch);
            Flight<V> flight =
                    flights.compute(
                            key,
                            (k, other) -> other != null && other.epoch >= epoch ? other : mine);
            if (flight == mine) {
                return lead(key, mine, loader);
            }
            metrics.coalesced.increment();
            try {
                return flight.outcome.get();
            } catch (CancellationException e) {
                LOG.debug("{}: who loaded was interrupted, another tries", spec.name());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RuntimeException failure) {
                    throw failure;
                }
                throw new IllegalStateException(e);
            }
        }
    }

    private Optional<Versioned<V>> lead(String key, Flight<V> mine, Loader<V> loader)
            throws InterruptedException {
        try {
            Optional<Versioned<V>> found = findUnlessKnown(key, mine.epoch, loader);
            mine.outcome.complete(found);
            return found;
        } catch (RuntimeException e) {
            mine.outcome.completeExceptionally(e);
            throw e;
        } finally {
            flights.remove(key, mine);
            mine.outcome.cancel(false); // Nothing, unless this thread was interrupted.
        }
    }

    /** Another load may have ended between the caller's look and this one's beginning. */
    private Optional<Versioned<V>> findUnlessKnown(String key, long epoch, Loader<V> loader)
            throws InterruptedException {
        Versioned<V> fresh = fresh(entries.getIfPresent(key), epoch);
        if (fresh != null) {
            metrics.coalesced.increment();
            return Optional.of(fresh);
        }
        if (isAbsent(key, epoch)) {
            metrics.coalesced.increment();
            return Optional.empty();
        }
        metrics.miss.increment();
        return find(key, epoch, loader);
    }

    private Optional<Versioned<V>> find(String key, long epoch, Loader<V> loader)
            throws InterruptedException {
        if (!isShared()) {
            return load(key, epoch, loader);
        }
        Optional<Versioned<V>> shared = fromShared(key, epoch);
        if (shared.isPresent()) {
            metrics.sharedHit.increment();
            return shared;
        }
        metrics.sharedMiss.increment();
        return spec.oneLoadInAll() ? loadInTurn(key, epoch, loader) : load(key, epoch, loader);
    }

    /** Loads unless another process does, and then waits for what that one stores. */
    private Optional<Versioned<V>> loadInTurn(String key, long epoch, Loader<V> loader)
            throws InterruptedException {
        long end = clock.millis() + TURN_MAX.toMillis();
        while (clock.millis() < end) {
            Optional<SharedStore.Turn> turn = store.turn(sharedKey(key), TURN_MAX);
            if (turn.isPresent()) {
                try (SharedStore.Turn _ = turn.get()) {
                    Optional<Versioned<V>> stored = fromShared(key, epoch);
                    return stored.isPresent() ? stored : load(key, epoch, loader);
                }
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_AGAIN.toNanos());
            Optional<Versioned<V>> stored = fromShared(key, epoch);
            if (stored.isPresent()) {
                return stored;
            }
        }
        return load(key, epoch, loader);
    }

    private Optional<Versioned<V>> load(String key, long epoch, Loader<V> loader)
            throws InterruptedException {
        long began = System.nanoTime();
        Optional<Versioned<V>> loaded;
        try {
            loaded = loader.load(key);
        } finally {
            metrics.loads.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }
        if (epochs.of(key) != epoch) {
            metrics.overtaken.increment();
        } else if (loaded.isPresent()) {
            keep(key, epoch, loaded.get());
            share(key, loaded.get());
        } else if (!spec.absent().isZero()) {
            absent.put(key, epoch);
        }
        return loaded;
    }

    /**
     * With the epoch from before the look: should the key be invalidated right now, the entry is
     * void from the start.
     */
    private void keep(String key, long epoch, Versioned<V> value) {
        double part = 1 - ThreadLocalRandom.current().nextDouble(JITTER);
        long time = (long) (spec.fresh().toMillis() * part);
        var entry = new Entry<>(value, epoch, clock.millis() + time);
        absent.invalidate(key);
        entries.asMap().merge(key, entry, TwoLevelCache::newer);
    }

    /** A slow load does not undo what was put meanwhile. */
    private static <V> Entry<V> newer(Entry<V> old, Entry<V> young) {
        return old.epoch() == young.epoch() && old.value().version() > young.value().version()
                ? old
                : young;
    }

    private boolean isShared() {
        return !spec.shared().isZero() && store.isConfigured();
    }

    private Optional<Versioned<V>> fromShared(String key, long epoch) {
        Versioned<byte[]> stored = store.get(List.of(sharedKey(key))).get(sharedKey(key));
        Long floor = floors.getIfPresent(key);
        if (stored == null || (floor != null && stored.version() < floor)) {
            return Optional.empty();
        }
        Optional<Versioned<V>> value = decoded(stored);
        value.ifPresent(found -> keep(key, epoch, found));
        return value;
    }

    private Optional<Versioned<V>> decoded(Versioned<byte[]> stored) {
        try {
            return Optional.of(
                    new Versioned<>(stored.version(), spec.codec().decode(stored.value())));
        } catch (RuntimeException e) {
            LOG.debug("{}: a shared value cannot be read, it is loaded", spec.name(), e);
            return Optional.empty();
        }
    }

    private void share(String key, Versioned<V> value) {
        if (isShared()) {
            store.put(
                    sharedKey(key),
                    new Versioned<>(value.version(), spec.codec().encode(value.value())),
                    spec.shared());
        }
    }

    private boolean forgetShared(String key, long version) {
        return store.forgetBefore(sharedKey(key), version, spec.shared());
    }

    private String sharedKey(String key) {
        return spec.name() + ":" + key;
    }

    private int weight(String key, Entry<V> entry) {
        long bytes =
                ENTRY_BYTES + 2L * key.length() + spec.weigher().applyAsInt(entry.value().value());
        return Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes));
    }

    private void evicted(RemovalCause cause) {
        if (cause.wasEvicted()) {
            metrics.evicted(cause.name().toLowerCase(Locale.ROOT));
        }
    }
}
