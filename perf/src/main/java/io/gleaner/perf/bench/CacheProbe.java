package io.gleaner.perf.bench;

import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.Codec;
import io.gleaner.cache.Loader;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.perf.load.Latency;
import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Child;
import io.gleaner.perf.process.Launch;
import io.gleaner.redis.Redis;
import io.gleaner.redis.RedisBus;
import io.gleaner.redis.RedisConfig;
import io.gleaner.redis.RedisStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import tools.jackson.databind.json.JsonMapper;

/**
 * The product's own cache classes over a real Redis, without the service around them. Two sets of
 * caches stand for two processes: each has its connections, and nothing but Redis is between them.
 * Runs in a process of its own.
 */
public final class CacheProbe {

    private static final String RESULT = "result: ";
    private static final String URL_VARIABLE = "GLEANER_REDIS_URL";
    private static final List<String> FLAGS =
            List.of("-Xmx512m", "-XX:+UseG1GC", "-XX:+UseCompactObjectHeaders");
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration LOAD_TIME = Duration.ofMillis(200);
    private static final Duration TURN = Duration.ofMillis(5);
    private static final Duration LOOK = Duration.ofNanos(20_000);
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int VALUE_BYTES = 400;
    private static final int KEYS = 100;
    private static final int INVALIDATIONS = 2_000;

    /**
     * What to do.
     *
     * @param callers of one cold key in each of the two processes
     * @param time of each way of reading
     */
    record Work(int callers, Duration time, int rounds) {}

    /** Keys read a second, one value for each round. */
    record Way(String name, List<Double> keysPerSecond) {}

    /**
     * @param loadsEach loads of one cold key by both processes together
     * @param loadsInTurn the same where one load in all was asked for
     * @param lag from the begin of an invalidation until the other process has forgotten the value
     */
    record Result(List<Way> ways, long loadsEach, long loadsInTurn, Latency lag) {}

    private final Work work;
    private final Side one;
    private final Side other;

    /** What one process has. */
    private record Side(Redis redis, RedisStore store, Caches caches) {
        static Side open(String url) throws InterruptedException {
            var metrics = new SimpleMeterRegistry();
            Redis redis = Redis.start(RedisConfig.of(url), metrics);
            while (!redis.isUp()) {
                TimeUnit.MILLISECONDS.sleep(10);
            }
            var store = new RedisStore(redis);
            var bus = RedisBus.start(redis, metrics);
            return new Side(redis, store, new Caches(store, bus, metrics, InstantSource.system()));
        }
    }

    private CacheProbe(Work work, String url) throws InterruptedException {
        this.work = work;
        this.one = Side.open(url);
        this.other = Side.open(url);
    }

    /** Runs it in a process of its own until it has ended. */
    static Result run(String redisUrl, Work work, Path folder) throws InterruptedException {
        var launch =
                new Launch(
                        "cache probe",
                        Launch.java(
                                FLAGS, CacheProbe.class, List.of(JSON.writeValueAsString(work))),
                        Map.of(URL_VARIABLE, redisUrl),
                        RESULT,
                        PATIENCE,
                        folder.resolve("probe.log"),
                        Optional.empty());
        try (Child child = Child.start(launch)) {
            return JSON.readValue(child.readyText(), Result.class);
        }
    }

    public static void main(String[] args) throws Exception {
        Work work = JSON.readValue(args[0], Work.class);
        var probe = new CacheProbe(work, System.getenv(URL_VARIABLE));
        var result =
                new Result(
                        probe.ways(),
                        probe.stampede(spec("probe-each")),
                        probe.stampede(spec("probe-in-turn").withOneLoadInAll()),
                        probe.lag());
        System.out.println(RESULT + JSON.writeValueAsString(result));
        System.exit(0);
    }

    private static CacheSpec<byte[]> spec(String name) {
        return CacheSpec.<byte[]>local(name, 64 << 20, value -> value.length, HOUR)
                .sharedFor(HOUR, Codec.bytes());
    }

    private List<Way> ways() throws InterruptedException {
        List<String> keys = IntStream.range(0, KEYS).mapToObj(n -> "probe:" + n).toList();
        keys.forEach(key -> one.store.put(key, new Versioned<>(1, new byte[VALUE_BYTES]), HOUR));
        while (one.store.get(keys).size() < KEYS) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        List<Double> singly = new ArrayList<>();
        List<Double> together = new ArrayList<>();
        List<Double> concurrently = new ArrayList<>();
        for (int round = 0; round <= work.rounds(); round++) {
            double alone = rate(() -> keys.forEach(key -> one.store.get(List.of(key))));
            double piped = rate(() -> one.store.get(keys));
            double threads = rate(() -> eachInItsThread(keys));
            if (round > 0) { // The first warms up.
                singly.add(alone);
                together.add(piped);
                concurrently.add(threads);
            }
        }
        return List.of(
                new Way("one after the other", singly),
                new Way("%d in one trip".formatted(KEYS), together),
                new Way("one each by %d threads".formatted(KEYS), concurrently));
    }

    private void eachInItsThread(List<String> keys) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            keys.forEach(key -> threads.execute(() -> one.store.get(List.of(key))));
        }
    }

    /** Keys a second when this reads all of them again and again. */
    private double rate(Runnable readAll) {
        long begin = System.nanoTime();
        long end = begin + work.time().toNanos();
        long read = 0;
        while (System.nanoTime() < end) {
            readAll.run();
            read += KEYS;
        }
        return read * 1e9 / (System.nanoTime() - begin);
    }

    /** How often a cold key is loaded when all callers of both processes ask for it at once. */
    private long stampede(CacheSpec<byte[]> spec) throws InterruptedException {
        var loads = new AtomicLong();
        Loader<byte[]> loader =
                key -> {
                    loads.incrementAndGet();
                    TimeUnit.NANOSECONDS.sleep(LOAD_TIME.toNanos());
                    return Optional.of(new Versioned<>(1, new byte[VALUE_BYTES]));
                };
        var start = new CountDownLatch(1);
        List<Future<?>> callers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Side side : List.of(one, other)) {
                TwoLevelCache<byte[]> cache = side.caches.open(spec);
                for (int i = 0; i < work.callers(); i++) {
                    callers.add(
                            threads.submit(
                                    () -> {
                                        start.await();
                                        return cache.get("cold", loader).orElseThrow();
                                    }));
                }
            }
            start.countDown();
            for (Future<?> caller : callers) {
                caller.get();
            }
        } catch (ExecutionException e) {
            throw new BenchException("a caller failed", e);
        }
        return loads.get();
    }

    /** How long the other process still has a value that was invalidated here. */
    private Latency lag() throws InterruptedException {
        TwoLevelCache<byte[]> here = one.caches.open(spec("probe-lag"));
        TwoLevelCache<byte[]> there = other.caches.open(spec("probe-lag"));
        Histogram lag = Latency.histogram();
        TimeUnit.SECONDS.sleep(2); // Until both have heard of each other.
        for (int i = 0; i < INVALIDATIONS; i++) {
            String key = "k" + i;
            there.put(key, new Versioned<>(1, new byte[VALUE_BYTES]));
            long begin = System.nanoTime();
            here.invalidate(key, 2);
            while (there.peek(key).isPresent()) {
                LockSupport.parkNanos(LOOK.toNanos());
            }
            Latency.record(lag, System.nanoTime() - begin);
            LockSupport.parkNanos(TURN.toNanos());
        }
        return Latency.of(lag);
    }
}
