package io.gleaner.app;

import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.fetch.Resolver;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Remembers DNS for half a minute, like the JDK does, but bounded and counted. What an address may
 * be used for is not remembered: the guard looks at every answer, an old one too.
 */
final class CachedResolver implements Resolver {

    private static final Duration FRESH = Duration.ofSeconds(30);
    private static final Duration ABSENT = Duration.ofSeconds(10);
    private static final long BYTES_MAX = 8 << 20;
    private static final int ADDRESS_BYTES = 64;

    private final Resolver resolver;
    private final TwoLevelCache<List<InetAddress>> answers;

    CachedResolver(Caches caches, Resolver resolver) {
        this.resolver = resolver;
        this.answers =
                caches.open(
                        CacheSpec.<List<InetAddress>>local(
                                        "dns",
                                        BYTES_MAX,
                                        addresses -> ADDRESS_BYTES * addresses.size(),
                                        FRESH)
                                .absentFor(ABSENT));
    }

    @Override
    public List<InetAddress> lookup(String host) throws UnknownHostException {
        try {
            return answers.get(host, this::load)
                    .orElseThrow(() -> new UnknownHostException(host + ": no such host"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownHostException(host + ": interrupted");
        }
    }

    private Optional<Versioned<List<InetAddress>>> load(String host) {
        try {
            return Optional.of(new Versioned<>(0, resolver.lookup(host)));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
