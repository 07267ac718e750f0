package io.gleaner.api.guard;

import io.gleaner.access.AccessKey;
import io.gleaner.access.AccessKeys;
import io.gleaner.api.wire.Problem;
import io.gleaner.api.wire.ProblemCode;
import io.gleaner.api.wire.ProblemException;
import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.RateLimits;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.database.DatabaseException;
import io.gleaner.loop.Loop;
import io.helidon.http.HeaderNames;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose key a request shows, and how often it may be used: {@code Authorization: Bearer KEY} (RFC
 * 6750). Without one everybody on this machine is served who asks before the first key was ever
 * made, or once the operator says so; on any wider address nobody.
 *
 * <p>What the database says of a key counts for less than a second, so a key that is revoked is so
 * everywhere within a second.
 */
public final class KeyGuard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyGuard.class);

    private static final Duration FRESH = Duration.ofMillis(900);
    private static final long BYTES_MAX = 4 << 20;
    private static final int KEY_BYTES = 128;
    private static final String SCHEME = "bearer ";

    private final AccessKeys keys;
    private final RateLimits rates;
    private final boolean wide;
    private final boolean open;
    private final TwoLevelCache<AccessKey> known;
    private final Loop looking;
    private volatile boolean ever;

    /**
     * @param wide whether others than this machine can connect
     * @param open whether the operator lets callers in without a key
     */
    public KeyGuard(
            AccessKeys keys,
            Caches caches,
            RateLimits rates,
            MeterRegistry metrics,
            boolean wide,
            boolean open) {
        this.keys = keys;
        this.rates = rates;
        this.wide = wide;
        this.open = open;
        this.known =
                caches.open(
                        CacheSpec.<AccessKey>local("keys", BYTES_MAX, key -> KEY_BYTES, FRESH)
                                .absentFor(FRESH));
        this.ever = keys.everMade();
        this.looking = Loop.every(FRESH, "keys-look", metrics, this::look);
    }

    /** Whether a request needs a key now. A key that is shown counts either way once there are. */
    public boolean isNeeded() {
        return wide || (ever && !open);
    }

    /**
     * In a thread of its own, so that no request waits for it. During an outage of the database all
     * stays as it was: a server that asks for no keys goes on without.
     */
    private void look() {
        if (ever) {
            return; // No key is ever removed.
        }
        try {
            ever = keys.everMade();
        } catch (DatabaseException e) {
            LOG.debug("whether there are keys is not known now", e);
        }
    }

    @Override
    public void close() {
        looking.stop();
    }

    /**
     * Whose request it is; empty without a key where none is needed.
     *
     * @throws ProblemException 401 without a key that is accepted, 429 over its rate
     */
    Optional<Caller> caller(@Nullable String authorization) throws InterruptedException {
        if (!isNeeded() && (!ever || authorization == null)) {
            return Optional.empty();
        }
        AccessKey key = find(authorization);
        if (key.perMinute() != null) {
            Duration wait = rates.take(Long.toString(key.id()), key.perMinute());
            if (wait.isPositive()) {
                throw Problem.of(
                                ProblemCode.RATE_LIMITED,
                                "the key '%s' allows %d requests a minute"
                                        .formatted(key.name(), key.perMinute()))
                        .retryAfter(wait)
                        .raise();
            }
        }
        return Optional.of(Caller.of(key));
    }

    private AccessKey find(@Nullable String authorization) throws InterruptedException {
        if (authorization == null
                || !authorization.toLowerCase(java.util.Locale.ROOT).startsWith(SCHEME)) {
            throw refused(
                    ProblemCode.KEY_MISSING,
                    "send 'Authorization: Bearer KEY'; the server's operator makes keys");
        }
        byte[] hash = AccessKeys.hash(authorization.substring(SCHEME.length()).strip());
        return known.get(
                        HexFormat.of().formatHex(hash),
                        name -> keys.find(hash).map(key -> new Versioned<>(0, key)))
                .orElseThrow(
                        () ->
                                refused(
                                        ProblemCode.KEY_UNKNOWN,
                                        "the key is not known, or was revoked; the server's"
                                                + " operator makes keys"));
    }

    private static ProblemException refused(ProblemCode code, String detail) {
        return Problem.of(code, detail)
                .header(HeaderNames.WWW_AUTHENTICATE_NAME, "Bearer realm=\"gleaner\"")
                .raise();
    }
}
