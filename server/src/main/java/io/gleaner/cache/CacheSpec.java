package io.gleaner.cache;

import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * What a cache holds and for how long.
 *
 * @param name of the cache, in metrics and in the keys of the shared cache: lower case and {@code
 *     -}
 * @param bytesMax most bytes in this process
 * @param weigher bytes of a value, keys aside
 * @param fresh how long a value is good without being looked at again; up to a tenth is taken off
 *     at random, so that values that came together do not go together. Also the longest time that
 *     an invalidation which nobody heard goes unnoticed in this process
 * @param absent how long a key stays known as one without a value; zero for not at all
 * @param stale how long a value past its time is still given while loading fails; zero for not at
 *     all
 * @param shared how long a value stays in the cache that processes share; zero for not at all. What
 *     the shared cache holds past an invalidation that did not reach it is gone by then
 * @param oneLoadInAll whether processes wait for one another so that one of them loads
 */
public record CacheSpec<V>(
        String name,
        Codec<V> codec,
        long bytesMax,
        ToIntFunction<V> weigher,
        Duration fresh,
        Duration absent,
        Duration stale,
        Duration shared,
        boolean oneLoadInAll) {

    /** For a small value of which there may be ten thousand; in this process only. */
    public static <V> CacheSpec<V> local(
            String name, long bytesMax, ToIntFunction<V> weigher, Duration fresh) {
        return new CacheSpec<>(
                name,
                new NoCodec<>(),
                bytesMax,
                weigher,
                fresh,
                Duration.ZERO,
                Duration.ZERO,
                Duration.ZERO,
                false);
    }

    public CacheSpec<V> sharedFor(Duration time, Codec<V> with) {
        return new CacheSpec<>(
                name, with, bytesMax, weigher, fresh, absent, stale, time, oneLoadInAll);
    }

    public CacheSpec<V> absentFor(Duration time) {
        return new CacheSpec<>(
                name, codec, bytesMax, weigher, fresh, time, stale, shared, oneLoadInAll);
    }

    public CacheSpec<V> staleFor(Duration time) {
        return new CacheSpec<>(
                name, codec, bytesMax, weigher, fresh, absent, time, shared, oneLoadInAll);
    }

    public CacheSpec<V> withOneLoadInAll() {
        return new CacheSpec<>(name, codec, bytesMax, weigher, fresh, absent, stale, shared, true);
    }

    private record NoCodec<V>() implements Codec<V> {

        @Override
        public byte[] encode(V value) {
            throw new IllegalStateException("this cache is not shared");
        }

        @Override
        public V decode(byte[] bytes) {
            throw new IllegalStateException("this cache is not shared");
        }
    }
}
