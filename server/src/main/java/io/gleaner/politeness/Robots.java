package io.gleaner.politeness;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.gleaner.job.FaultCode;
import io.gleaner.politeness.Permission.Allowed;
import io.gleaner.politeness.Permission.DelayTooLong;
import io.gleaner.politeness.Permission.Disallowed;
import io.gleaner.politeness.Permission.Unreachable;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The robots.txt files of all origins: loaded once per origin at a time, remembered for a day, and
 * forbidding everything while unreadable.
 *
 * <p>The thread that asks first loads; all others wait for it on a future, so a virtual thread
 * gives up its carrier and an interrupt ends the wait. If the loading thread is interrupted, one of
 * the waiting threads loads instead.
 */
public final class Robots {

    private static final Logger log = LoggerFactory.getLogger(Robots.class);
    private static final String ROBOTS_PATH = "/robots.txt";

    private final PolitenessConfig config;
    private final RobotsSource source;
    private final Supplier<String> way;
    private final InstantSource clock;
    private final RobotsReader reader;
    private final AsyncCache<String, RobotsFile> files;

    public Robots(PolitenessConfig config, RobotsSource source, InstantSource clock) {
        this(config, source, () -> "", clock);
    }

    /**
     * @param way by which the asking thread reaches hosts, when that may make a difference; else ""
     */
    public Robots(
            PolitenessConfig config,
            RobotsSource source,
            Supplier<String> way,
            InstantSource clock) {
        this.way = way;
        this.config = config;
        this.source = source;
        this.clock = clock;
        this.reader = new RobotsReader(config);
        this.files =
                Caffeine.newBuilder()
                        .maximumWeight(config.robotsCacheBytes())
                        .weigher((String origin, RobotsFile file) -> file.weightBytes())
                        .expireAfter(
                                Expiry.writing(
                                        (String origin, RobotsFile file) ->
                                                Duration.between(
                                                        file.fetchedAt(), file.expiresAt())))
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .executor(Runnable::run)
                        .buildAsync();
    }

    /**
     * Whether {@code url} may be fetched, loading its origin's robots.txt if it is not known.
     *
     * @param url absolute http or https
     */
    public Permission check(URI url) throws InterruptedException {
        var origin = Origins.of(url);
        if (ROBOTS_PATH.equals(url.getRawPath())) { // RFC 9309 section 2.2.2: implicitly allowed
            return new Allowed(cached(origin).map(RobotsView::crawlDelay).orElse(Duration.ZERO));
        }
        return switch (file(origin)) {
            case RobotsFile.Open open -> judge(open, url);
            case RobotsFile.Closed closed -> {
                var left = Duration.between(clock.instant(), closed.expiresAt());
                yield new Unreachable(
                        closed.cause(),
                        closed.detail(),
                        left.isPositive() ? left : Duration.ofMillis(1));
            }
        };
    }

    /** The {@code Sitemap:} lines of the robots.txt of the URL's origin, absolute, each once. */
    public List<URI> sitemaps(URI url) throws InterruptedException {
        return switch (file(Origins.of(url))) {
            case RobotsFile.Open open -> open.sitemaps();
            case RobotsFile.Closed closed -> List.of();
        };
    }

    /**
     * What is remembered of an origin now, without loading anything.
     *
     * @param origin {@code scheme://host[:port]}, lower case, without a default port
     */
    public Optional<RobotsView> cached(String origin) {
        return Optional.ofNullable(files.synchronous().getIfPresent(origin)).map(RobotsFile::view);
    }

    private Permission judge(RobotsFile.Open open, URI url) {
        if (!open.rules().isAllowed(url.toString())) {
            return new Disallowed(
                    "robots.txt of %s forbids %s to %s"
                            .formatted(open.origin(), url.getRawPath(), config.agentToken()));
        }
        if (open.crawlDelay().compareTo(config.crawlDelayMax()) > 0) {
            return new DelayTooLong(open.crawlDelay(), config.crawlDelayMax());
        }
        return new Allowed(open.crawlDelay());
    }

    private RobotsFile file(String origin) throws InterruptedException {
        while (true) {
            var mine = new CompletableFuture<RobotsFile>();
            String key = origin + way.get();
            var first = files.asMap().putIfAbsent(key, mine);
            if (first == null) {
                return load(origin, key, mine);
            }
            try {
                return first.get();
            } catch (CancellationException e) {
                log.debug("The thread that loaded {} was interrupted, trying again", origin);
            } catch (ExecutionException e) {
                throw new IllegalStateException("no load of robots.txt fails", e);
            }
        }
    }

    private RobotsFile load(String origin, String key, CompletableFuture<RobotsFile> mine)
            throws InterruptedException {
        try {
            var loaded = source.load(URI.create(origin + ROBOTS_PATH));
            var file = reader.read(origin, loaded.response(), loaded.at());
            mine.complete(file);
            return file;
        } catch (RuntimeException e) {
            // A bug must not send every waiting thread to the host, one after the other.
            log.error("Loading robots.txt of {} failed", origin, e);
            var file =
                    reader.closed(
                            origin,
                            FaultCode.INTERNAL_ERROR,
                            "loading robots.txt failed: " + e.getClass().getSimpleName(),
                            clock.instant());
            mine.complete(file);
            return file;
        } finally {
            if (!mine.isDone()) { // interrupted, or an Error: nobody may wait for this one
                files.asMap().remove(key, mine);
                mine.cancel(false);
            }
        }
    }
}
