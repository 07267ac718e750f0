package io.gleaner.politeness;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The paces of all hosts this process talks to: one per host at any time.
 *
 * <p>Recently used ones are kept, within a bound. A pace that someone still holds, such as one with
 * a request in flight, is found again even after it left the bound, so a host never has two.
 */
public final class HostPaces {

    private final PolitenessConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Cache<String, HostPace> recent;
    private final Cache<String, HostPace> alive = Caffeine.newBuilder().weakValues().build();

    public HostPaces(PolitenessConfig config, InstantSource clock) {
        this(config, clock, () -> ThreadLocalRandom.current().nextLong());
    }

    /**
     * @param random jitter of backoffs; must be thread-safe
     */
    public HostPaces(PolitenessConfig config, InstantSource clock, RandomGenerator random) {
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.recent =
                Caffeine.newBuilder()
                        .maximumSize(config.pacesMax())
                        .expireAfterAccess(config.paceIdle())
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .executor(Runnable::run)
                        .build();
    }

    /**
     * The pace of a host, new if it is not known.
     *
     * @param host name of the host queue
     */
    public HostPace of(String host) {
        return recent.get(host, this::findOrCreate);
    }

    /** The pace of a host if it is known. */
    public Optional<HostPace> known(String host) {
        @Nullable HostPace pace = alive.getIfPresent(host);
        return Optional.ofNullable(pace);
    }

    private HostPace findOrCreate(String host) {
        return alive.get(host, name -> new HostPace(config, clock, random));
    }

    /** How many are kept whether or not anyone uses them. */
    long recentCount() {
        recent.cleanUp();
        return recent.estimatedSize();
    }
}
