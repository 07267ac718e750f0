package io.gleaner.api;

import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.RateLimits;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.database.DatabaseException;
import io.gleaner.loop.Loop;
import io.gleaner.store.AccessKey;
import io.gleaner.store.AccessKeys;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.RoutingRequest;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who may do what, and how often. On loopback everybody may as long as there are no keys; from then
 * on, and on any wider address always, a request shows one: {@code Authorization: Bearer KEY} (RFC
 * 6750).
 *
 * <p>What the database says of a key counts for less than a second, so a key that is revoked is so
 * everywhere within a second.
 */
final class KeyGuard implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyGuard.class);

    private static final Duration FRESH = Duration.ofMillis(900);
    private static final long BYTES_MAX = 4 << 20;
    private static final int KEY_BYTES = 128;
    private static final String SCHEME = "bearer ";
    private static final String ADMIN = "/admin/";

    private final AccessKeys keys;
    private final RateLimits rates;
    private final boolean always;
    private final TwoLevelCache<AccessKey> known;
    private final Loop looking;
    private volatile boolean any;

    /**
     * @param always whether a key is needed even while there are none
     */
    KeyGuard(
            AccessKeys keys,
            Caches caches,
            RateLimits rates,
            MeterRegistry metrics,
            boolean always) {
        this.keys = keys;
        this.rates = rates;
        this.always = always;
        this.known =
                caches.open(
                        CacheSpec.<AccessKey>local("keys", BYTES_MAX, key -> KEY_BYTES, FRESH)
                                .absentFor(FRESH));
        this.any = keys.any();
        this.looking = Loop.every(FRESH, "keys-look", metrics, this::look);
    }

    /** Whether this path is for everybody: what probes ask, and what explains the API. */
    static boolean isOpen(String path) {
        return path.startsWith("/health/") || path.equals("/openapi.yaml") || path.equals("/");
    }

    /** Whether requests need a key now. */
    boolean isOn() {
        return always || any;
    }

    /**
     * In a thread of its own, so that no request waits for it. During an outage of the database all
     * stays as it was: a server that asks for no keys goes on without.
     */
    private void look() {
        try {
            any = keys.any();
        } catch (DatabaseException e) {
            LOG.debug("whether there are keys is not known now", e);
        }
    }

    @Override
    public void close() {
        looking.stop();
    }

    /**
     * @throws ProblemException 401 without a key that is accepted, 403 where only an operator's is,
     *     429 over its rate
     */
    void check(RoutingRequest request) throws InterruptedException {
        AccessKey key = find(request.headers().first(HeaderNames.AUTHORIZATION).orElse(null));
        if (request.prologue().uriPath().path().startsWith(ADMIN) && !key.admin()) {
            throw Problem.of(
                            ProblemCode.ADMIN_ONLY,
                            "the key '%s' is no operator's; 'gleaner keys create NAME --admin' makes one"
                                    .formatted(key.name()))
                    .raise();
        }
        request.context().register(new StreamCap.Caller(Long.toString(key.id())));
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
    }

    private AccessKey find(@Nullable String authorization) throws InterruptedException {
        if (authorization == null
                || !authorization.toLowerCase(java.util.Locale.ROOT).startsWith(SCHEME)) {
            throw refused(
                    ProblemCode.KEY_MISSING,
                    "send 'Authorization: Bearer KEY'; 'gleaner keys create' makes one");
        }
        byte[] hash = AccessKeys.hash(authorization.substring(SCHEME.length()).strip());
        return known.get(
                        HexFormat.of().formatHex(hash),
                        name -> keys.find(hash).map(key -> new Versioned<>(0, key)))
                .orElseThrow(
                        () ->
                                refused(
                                        ProblemCode.KEY_UNKNOWN,
                                        "the key is not known, or was revoked; 'gleaner keys list'"
                                                + " shows which there are"));
    }

    private static ProblemException refused(ProblemCode code, String detail) {
        return Problem.of(code, detail)
                .header(HeaderNames.WWW_AUTHENTICATE_NAME, "Bearer realm=\"gleaner\"")
                .raise();
    }
}
