package io.gleaner.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.Codec;
import io.gleaner.cache.Loader;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** What holds for the caches of two processes, whatever connects them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
abstract class CachesContract {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final AtomicInteger NAMES = new AtomicInteger();
    static final Codec<String> TEXT =
            new Codec<>() {
                @Override
                public byte[] encode(String value) {
                    return value.getBytes(UTF_8);
                }

                @Override
                public String decode(byte[] bytes) {
                    return new String(bytes, UTF_8);
                }
            };

    CacheBackend backend;
    CacheBackend.Member one;
    CacheBackend.Member other;
    private Caches ones;
    private Caches others;
    private CacheSpec<String> spec;
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicLong truth = new AtomicLong();

    abstract CacheBackend open() throws Exception;

    @BeforeAll
    final void openBackend() throws Exception {
        backend = open();
    }

    @AfterAll
    final void closeBackend() {
        backend.close();
    }

    @BeforeEach
    final void start() throws InterruptedException {
        loads.set(0);
        truth.set(0);
        spec =
                CacheSpec.<String>local(
                                "contract-" + NAMES.incrementAndGet(),
                                1 << 20,
                                String::length,
                                LONG)
                        .sharedFor(LONG, TEXT);
        one = backend.member();
        other = backend.member();
        ones = one.caches();
        others = other.caches();
        awaitConnected();
    }

    @AfterEach
    final void stop() {
        ones.close();
        others.close();
        one.end().run();
        other.end().run();
    }

    /** Until an invalidation of the one is heard by the other, and the other way round. */
    private void awaitConnected() throws InterruptedException {
        var first = ones.open(CacheSpec.<String>local("hello" + spec.name(), 1000, v -> 1, LONG));
        var second =
                others.open(CacheSpec.<String>local("hello" + spec.name(), 1000, v -> 1, LONG));
        awaitHeard(first, second);
        awaitHeard(second, first);
    }

    private static void awaitHeard(TwoLevelCache<String> from, TwoLevelCache<String> to)
            throws InterruptedException {
        to.put("k", new Versioned<>(1, "v"));
        await().pollInterval(Duration.ofMillis(20))
                .until(
                        () -> {
                            from.invalidate("k", 2);
                            return to.peek("k").isEmpty();
                        });
    }

    private void awaitShared(String key) {
        String shared = spec.name() + ":" + key;
        await().until(
                        () ->
                                !backend.isShared()
                                        || other.store().get(List.of(shared)).containsKey(shared));
    }

    private Loader<String> current() {
        return key -> {
            loads.incrementAndGet();
            long version = truth.get();
            return Optional.of(new Versioned<>(version, "v" + version));
        };
    }

    /** A change of the truth, and then its announcement. */
    private void change(TwoLevelCache<String> cache) {
        cache.invalidate("k", truth.incrementAndGet());
    }

    @Test
    void aProcessNeedNotLoadWhatAnotherHasLoaded() throws Exception {
        assertThat(ones.open(spec).get("k", current())).contains("v0");
        awaitShared("k");
        var second = others.open(spec);
        loads.set(0);
        second.get("k", current());
        assertThat(loads).hasValue(backend.isShared() ? 0 : 1);
    }

    @Test
    void anInvalidationIsGoodAtOnceHereAndSoonElsewhere() throws Exception {
        var first = ones.open(spec);
        var second = others.open(spec);
        first.get("k", current());
        second.get("k", current());
        for (int round = 0; round < 20; round++) {
            change(first);
            assertThat(first.get("k", current())).contains("v" + truth.get());
            await().pollInterval(Duration.ofMillis(2))
                    .until(() -> second.get("k", current()).equals(Optional.of("v" + truth.get())));
        }
    }

    @Test
    void anInvalidationThatComesWhileAnotherProcessLoadsVoidsThatLoad() throws Exception {
        var first = ones.open(spec);
        var second = others.open(spec);
        var began = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> early =
                    threads.submit(
                            () ->
                                    second.get(
                                            "k",
                                            key -> {
                                                long version = truth.get();
                                                began.countDown();
                                                goOn.await();
                                                return Optional.of(
                                                        new Versioned<>(version, "v" + version));
                                            }));
            began.await();
            second.put("marker", new Versioned<>(0, "v"));
            change(first);
            first.invalidate("marker", 1);
            await().until(() -> second.peek("marker").isEmpty());
            goOn.countDown();
            assertThat(early.get()).contains("v0");
            assertThat(other.count("gleaner.cache.overtaken")).isEqualTo(1);
        }
        assertThat(second.get("k", current())).contains("v1");
        assertThat(first.get("k", current())).contains("v1");
    }

    @Test
    void aThousandCallersOfOneColdKeyMakeOneLoadInEachProcessOrOneInAll() throws Exception {
        assertThat(stampede(spec)).isLessThanOrEqualTo(2);
        var alone =
                CacheSpec.<String>local("alone" + spec.name(), 1 << 20, String::length, LONG)
                        .sharedFor(LONG, TEXT)
                        .withOneLoadInAll();
        assertThat(stampede(alone)).isEqualTo(backend.isShared() ? 1 : 2);
    }

    private int stampede(CacheSpec<String> of) throws Exception {
        var first = ones.open(of);
        var second = others.open(of);
        loads.set(0);
        Loader<String> slow =
                key -> {
                    loads.incrementAndGet();
                    LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                    return Optional.of(new Versioned<>(1, "v"));
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<String>>> answers =
                    IntStream.range(0, 1_000)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            (i % 2 == 0 ? first : second)
                                                                    .get("cold", slow)))
                            .toList();
            for (Future<Optional<String>> answer : answers) {
                assertThat(answer.get()).contains("v");
            }
        }
        return loads.get();
    }

    @Test
    void anOlderValueNeverTakesTheSharedPlaceOfANewerOne() throws Exception {
        var first = ones.open(spec);
        var second = others.open(spec);
        first.put("k", new Versioned<>(7, "new"));
        awaitShared("k");
        second.put("k", new Versioned<>(6, "old"));
        second.put("later", new Versioned<>(0, "v"));
        awaitShared("later");
        CacheBackend.Member third = backend.member();
        try (Caches thirds = third.caches()) {
            Optional<String> found = thirds.open(spec).get("k", key -> Optional.empty());
            assertThat(found).isEqualTo(backend.isShared() ? Optional.of("new") : Optional.empty());
        } finally {
            third.end().run();
        }
    }

    @Test
    void aValueThatCannotBeReadIsLoaded() throws Exception {
        Codec<String> broken =
                new Codec<>() {
                    @Override
                    public byte[] encode(String value) {
                        return value.getBytes(UTF_8);
                    }

                    @Override
                    public String decode(byte[] bytes) {
                        throw new IllegalStateException("another version wrote this");
                    }
                };
        ones.open(spec).get("k", current());
        awaitShared("k");
        var second = others.open(spec.sharedFor(LONG, broken));
        assertThat(second.get("k", current())).contains("v0");
        assertThat(loads).hasValue(2);
    }

    @Test
    void writersReadersAndABadBusNeverShowWhatIsTooOld() throws Exception {
        new CacheStress(backend, Duration.ofMillis(2_500)).run(Duration.ofSeconds(6), () -> {});
    }
}
