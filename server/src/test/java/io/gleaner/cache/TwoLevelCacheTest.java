package io.gleaner.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds in one process, whatever is behind it. */
@Timeout(300)
class TwoLevelCacheTest {

    private static final Duration FRESH = Duration.ofSeconds(10);

    private final AtomicLong millis = new AtomicLong(1_000_000);
    private final InstantSource clock = () -> Instant.ofEpochMilli(millis.get());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Caches caches = new Caches(SharedStore.NONE, Bus.NONE, metrics, clock);
    private final AtomicInteger loads = new AtomicInteger();

    @AfterEach
    void close() {
        caches.close();
    }

    private static CacheSpec<String> spec(String name) {
        return CacheSpec.local(name, 1 << 20, String::length, FRESH);
    }

    private Loader<String> counting(Callable<String> value) {
        return key -> {
            loads.incrementAndGet();
            try {
                return Optional.of(new Versioned<>(1, value.call()));
            } catch (RuntimeException | InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        };
    }

    private double requests(String cache, String level, String outcome) {
        return metrics.get("gleaner.cache.requests")
                .tags("cache", cache, "level", level, "outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void aValueIsLoadedOnceWhileItIsFresh() throws Exception {
        var cache = caches.open(spec("a"));
        assertThat(cache.get("k", counting(() -> "v"))).contains("v");
        assertThat(cache.get("k", counting(() -> "w"))).contains("v");
        assertThat(loads).hasValue(1);
        assertThat(requests("a", "l1", "hit")).isEqualTo(1);
        assertThat(requests("a", "l1", "miss")).isEqualTo(1);
        assertThat(
                        metrics.get("gleaner.cache.hit.ratio")
                                .tags("cache", "a", "level", "l1")
                                .gauge()
                                .value())
                .isEqualTo(0.5);

        millis.addAndGet(FRESH.toMillis());
        assertThat(cache.get("k", counting(() -> "w"))).contains("w");
    }

    @Test
    void valuesThatCameTogetherDoNotGoTogether() throws Exception {
        var cache = caches.open(spec("a"));
        for (int i = 0; i < 1_000; i++) {
            cache.get("k" + i, counting(() -> "v"));
        }
        millis.addAndGet(FRESH.toMillis() * 95 / 100);
        loads.set(0);
        for (int i = 0; i < 1_000; i++) {
            cache.get("k" + i, counting(() -> "v"));
        }
        assertThat(loads.get()).isBetween(300, 700);
    }

    @Test
    void aThousandCallersOfOneColdKeyMakeOneLoad() throws Exception {
        var cache = caches.open(spec("a"));
        var open = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Optional<String>>> answers =
                    IntStream.range(0, 1_000)
                            .mapToObj(
                                    i ->
                                            threads.submit(
                                                    () ->
                                                            cache.get(
                                                                    "k",
                                                                    counting(
                                                                            () -> {
                                                                                open.await();
                                                                                return "v";
                                                                            }))))
                            .toList();
            await().until(() -> metrics.get("gleaner.cache.coalesced").counter().count() == 999);
            open.countDown();
            for (Future<Optional<String>> answer : answers) {
                assertThat(answer.get()).contains("v");
            }
        }
        assertThat(loads).hasValue(1);
    }

    /** Held between its look at an old value and its load: the clock is read in between. */
    @Test
    void whoLookedBeforeAnotherLoadEndedDoesNotLoadAgain() throws Exception {
        var looked = new CountDownLatch(1);
        var goOn = new CompletableFuture<@Nullable Void>();
        var holding = new AtomicReference<@Nullable Thread>();
        InstantSource held =
                () -> {
                    if (holding.compareAndSet(Thread.currentThread(), null)) {
                        looked.countDown();
                        goOn.join();
                    }
                    return clock.instant();
                };
        try (var own = new Caches(SharedStore.NONE, Bus.NONE, new SimpleMeterRegistry(), held);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var cache = own.open(spec("a").staleFor(Duration.ofHours(1)));
            cache.get("k", counting(() -> "old"));
            millis.addAndGet(FRESH.toMillis());
            Future<Optional<String>> early =
                    threads.submit(
                            () -> {
                                holding.set(Thread.currentThread());
                                return cache.get("k", counting(() -> "third"));
                            });
            looked.await();
            assertThat(cache.get("k", counting(() -> "new"))).contains("new");
            goOn.complete(null);
            assertThat(early.get()).contains("new");
            assertThat(loads).hasValue(2);
        }
    }

    @Test
    void aLoadThatBeganBeforeAnInvalidationIsKeptNowhere() throws Exception {
        var cache = caches.open(spec("a"));
        var began = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> early =
                    threads.submit(
                            () ->
                                    cache.get(
                                            "k",
                                            counting(
                                                    () -> {
                                                        began.countDown();
                                                        goOn.await();
                                                        return "old";
                                                    })));
            began.await();
            cache.invalidate("k", 2);
            // Who asks now does not wait for the old one's load.
            assertThat(cache.get("k", counting(() -> "new"))).contains("new");
            goOn.countDown();
            assertThat(early.get()).contains("old");
        }
        assertThat(cache.get("k", counting(() -> "never"))).contains("new");
        assertThat(loads).hasValue(2);
    }

    @Test
    void aKeyWithoutValueIsKnownAsSuchForItsTime() throws Exception {
        var cache = caches.open(spec("a").absentFor(Duration.ofSeconds(2)));
        Loader<String> none =
                key -> {
                    loads.incrementAndGet();
                    return Optional.empty();
                };
        assertThat(cache.get("k", none)).isEmpty();
        assertThat(cache.get("k", none)).isEmpty();
        assertThat(loads).hasValue(1);
        assertThat(requests("a", "l1", "negative")).isEqualTo(1);

        cache.invalidate("k", 1);
        assertThat(cache.get("k", none)).isEmpty();
        assertThat(loads).hasValue(2);

        millis.addAndGet(2_000);
        assertThat(cache.get("k", counting(() -> "v"))).contains("v");
    }

    @Test
    void anOldValueStandsInWhileLoadingFailsIfTheCacheAllowsIt() throws Exception {
        var lenient = caches.open(spec("a").staleFor(Duration.ofMinutes(1)));
        var strict = caches.open(spec("b"));
        Loader<String> failing =
                key -> {
                    throw new IllegalStateException("away");
                };
        lenient.get("k", counting(() -> "v"));
        strict.get("k", counting(() -> "v"));
        millis.addAndGet(FRESH.toMillis());
        assertThat(lenient.get("k", failing)).contains("v");
        assertThat(requests("a", "l1", "stale")).isEqualTo(1);
        assertThatThrownBy(() -> strict.get("k", failing)).hasMessage("away");

        millis.addAndGet(Duration.ofMinutes(1).toMillis());
        assertThatThrownBy(() -> lenient.get("k", failing)).hasMessage("away");
    }

    @Test
    void anInvalidatedValueNeverStandsIn() throws Exception {
        var cache = caches.open(spec("a").staleFor(Duration.ofMinutes(1)));
        cache.get("k", counting(() -> "v"));
        cache.invalidate("k", 2);
        assertThatThrownBy(
                        () ->
                                cache.get(
                                        "k",
                                        key -> {
                                            throw new IllegalStateException("away");
                                        }))
                .hasMessage("away");
    }

    @Test
    void whenTheOneThatLoadsIsInterruptedAnotherLoads() throws Exception {
        var cache = caches.open(spec("a"));
        var began = new CountDownLatch(1);
        Thread first =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        cache.get(
                                                "k",
                                                counting(
                                                        () -> {
                                                            began.countDown();
                                                            new CountDownLatch(1).await();
                                                            return "never";
                                                        }));
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        began.await();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<String>> second =
                    threads.submit(() -> cache.get("k", counting(() -> "v")));
            await().until(() -> metrics.get("gleaner.cache.coalesced").counter().count() == 1);
            first.interrupt();
            assertThat(second.get()).contains("v");
        }
    }

    @Test
    void aSlowLoadDoesNotUndoWhatWasPutMeanwhile() throws Exception {
        var cache = caches.open(spec("a"));
        String loaded =
                cache.get(
                                "k",
                                key -> {
                                    cache.put("k", new Versioned<>(2, "put"));
                                    return Optional.of(new Versioned<>(1, "loaded"));
                                })
                        .orElseThrow();
        assertThat(loaded).isEqualTo("loaded");
        assertThat(cache.get("k", counting(() -> "never"))).contains("put");
    }

    @Test
    void bytesAreBounded() throws Exception {
        var cache = caches.open(CacheSpec.<String>local("a", 10_000, String::length, FRESH));
        for (int i = 0; i < 100; i++) {
            cache.get("k" + i, counting(() -> "x".repeat(1_000)));
        }
        assertThat(cache.bytes()).isBetween(5_000L, 10_000L);
        assertThat(
                        metrics.get("gleaner.cache.evictions")
                                .tags("cache", "a", "cause", "size")
                                .counter()
                                .count())
                .isGreaterThan(80);
    }

    @Test
    void twoCachesOfOneNameAreRefused() {
        caches.open(spec("a"));
        assertThatThrownBy(() -> caches.open(spec("a"))).hasMessageContaining("two caches");
    }
}
