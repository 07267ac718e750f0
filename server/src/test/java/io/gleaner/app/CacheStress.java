package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writers, readers and slow loads in several processes whose messages get lost and overtake one
 * another. No reader may see a version that was overtaken longer ago than the bound; in the
 * writer's own process the bound is nothing.
 */
final class CacheStress {

    static final Duration FRESH = Duration.ofSeconds(4);

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int PROCESSES = 3;
    private static final int KEYS = 16;
    private static final int READERS = 8;
    private static final double LOST = 0.05;

    private final CacheBackend backend;
    private final Duration bound;
    private final List<Truth> truths = Stream.generate(Truth::new).limit(KEYS).toList();
    private final Queue<Seen> answers = new ConcurrentLinkedQueue<>();

    /** A value is as old as it was when its read began, so a slow machine has older ones. */
    private final LongAccumulator slowestNanos = new LongAccumulator(Math::max, 0);

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong hits = new AtomicLong();

    /** What one read gave. */
    private record Seen(int key, int process, long began, long version) {}

    /** What the database would hold, and when which version of it was acknowledged where. */
    private static final class Truth {
        private final ReentrantLock lock = new ReentrantLock();
        private final AtomicLong version = new AtomicLong();
        private final List<ConcurrentSkipListMap<Long, Long>> acknowledged =
                Stream.generate(ConcurrentSkipListMap<Long, Long>::new).limit(PROCESSES).toList();

        void change(int process, TwoLevelCache<String> cache, String key) {
            lock.lock();
            try {
                long next = version.incrementAndGet();
                cache.invalidate(key, next);
                acknowledged.get(process).put(System.nanoTime(), next);
            } finally {
                lock.unlock();
            }
        }

        /** The newest version that a reader in this process must know at that time. */
        long floor(int process, long now, long boundNanos) {
            long floor = 0;
            for (int by = 0; by < PROCESSES; by++) {
                long at = by == process ? now : now - boundNanos;
                Map.Entry<Long, Long> newest = acknowledged.get(by).floorEntry(at);
                floor = Math.max(floor, newest == null ? 0 : newest.getValue());
            }
            return floor;
        }
    }

    CacheStress(CacheBackend backend, Duration bound) {
        this.backend = backend;
        this.bound = bound;
    }

    /**
     * @param disturbance runs meanwhile
     */
    void run(Duration time, Runnable disturbance) throws Exception {
        var spec =
                CacheSpec.<String>local(
                                "stress-" + NAMES.incrementAndGet(), 1 << 20, String::length, FRESH)
                        .sharedFor(FRESH, CachesContract.TEXT);
        List<CacheBackend.Member> members = new ArrayList<>();
        List<Caches> all = new ArrayList<>();
        List<TwoLevelCache<String>> caches = new ArrayList<>();
        try {
            for (int i = 0; i < PROCESSES; i++) {
                CacheBackend.Member member = backend.hurriedMember();
                var lossy = new LossyBus(member.bus(), LOST, i);
                members.add(
                        new CacheBackend.Member(
                                member.store(), lossy, member.metrics(), member.end()));
                all.add(members.getLast().caches());
                caches.add(all.getLast().open(spec));
            }
            load(caches, time, disturbance);
        } finally {
            all.forEach(Caches::close);
            members.forEach(member -> member.end().run());
        }
        long boundNanos = bound.toNanos() + slowestNanos.get();
        assertThat(answers)
                .allSatisfy(
                        seen ->
                                assertThat(seen.version())
                                        .as("%s", seen)
                                        .isGreaterThanOrEqualTo(
                                                truths.get(seen.key())
                                                        .floor(
                                                                seen.process(),
                                                                seen.began(),
                                                                boundNanos)));
        assertThat(reads.get()).isGreaterThan(1_000);
        assertThat(hits.get()).as("reads that needed no load").isGreaterThan(reads.get() / 4);
    }

    private void load(List<TwoLevelCache<String>> caches, Duration time, Runnable disturbance)
            throws Exception {
        long end = System.nanoTime() + time.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> work = new ArrayList<>();
            for (int process = 0; process < PROCESSES; process++) {
                int at = process;
                work.add(threads.submit(() -> write(at, caches.get(at), end)));
                IntStream.range(0, READERS)
                        .forEach(
                                i ->
                                        work.add(
                                                threads.submit(
                                                        () -> read(at, caches.get(at), end, i))));
            }
            disturbance.run();
            for (Future<?> one : work) {
                one.get();
            }
        }
    }

    private Void write(int process, TwoLevelCache<String> cache, long end) {
        var random = new Random(process);
        while (System.nanoTime() < end) {
            int key = random.nextInt(KEYS);
            truths.get(key).change(process, cache, "k" + key);
            pause(random.nextInt(20));
        }
        return null;
    }

    private Void read(int process, TwoLevelCache<String> cache, long end, int seed)
            throws InterruptedException {
        var random = new Random(100L * process + seed);
        while (System.nanoTime() < end) {
            int key = random.nextInt(KEYS);
            Truth truth = truths.get(key);
            long began = System.nanoTime();
            var loaded = new AtomicInteger();
            Optional<Versioned<String>> seen =
                    cache.getVersioned(
                            "k" + key,
                            name -> {
                                loaded.incrementAndGet();
                                long version = truth.version.get();
                                pause(random.nextInt(5));
                                return Optional.of(new Versioned<>(version, "v" + version));
                            });
            assertThat(seen).isPresent();
            assertThat(seen.get().value()).isEqualTo("v" + seen.get().version());
            slowestNanos.accumulate(System.nanoTime() - began);
            answers.add(new Seen(key, process, began, seen.get().version()));
            reads.incrementAndGet();
            hits.addAndGet(loaded.get() == 0 ? 1 : 0);
            pause(random.nextInt(3));
        }
        return null;
    }

    /** The pace of the load, and how slow a loader is. */
    private static void pause(int millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
