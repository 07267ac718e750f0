package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gleaner.cache.Bus;
import io.gleaner.cache.Caches;
import io.gleaner.cache.SharedStore;
import io.gleaner.fetch.Resolver;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** DNS is asked once for each host while its answer is fresh. */
class CachedResolverTest {

    private final AtomicLong millis = new AtomicLong(1);
    private final Caches caches =
            new Caches(
                    SharedStore.NONE,
                    Bus.NONE,
                    new SimpleMeterRegistry(),
                    () -> Instant.ofEpochMilli(millis.get()));
    private final AtomicInteger lookups = new AtomicInteger();

    @AfterEach
    void close() {
        caches.close();
    }

    private Resolver resolver(String address) {
        return new CachedResolver(
                caches,
                host -> {
                    lookups.incrementAndGet();
                    if (address.isEmpty()) {
                        throw new UnknownHostException(host);
                    }
                    return List.of(InetAddress.ofLiteral(address));
                });
    }

    @Test
    void tenThousandTasksOfOneHostAskOnce() throws Exception {
        Resolver resolver = resolver("192.0.2.7");
        List<Future<List<InetAddress>>> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 10_000; i++) {
                answers.add(threads.submit(() -> resolver.lookup("a.example")));
            }
            for (Future<List<InetAddress>> answer : answers) {
                assertThat(answer.get()).containsExactly(InetAddress.ofLiteral("192.0.2.7"));
            }
        }
        assertThat(lookups).hasValue(1);
        millis.addAndGet(Duration.ofSeconds(31).toMillis());
        resolver.lookup("a.example");
        assertThat(lookups).hasValue(2);
    }

    @Test
    void aHostThatIsNotThereIsAskedForOnce() {
        Resolver resolver = resolver("");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> resolver.lookup("no.example"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no.example");
        }
        assertThat(lookups).hasValue(1);
    }
}
