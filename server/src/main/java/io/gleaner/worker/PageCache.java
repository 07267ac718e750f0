package io.gleaner.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gleaner.cache.CacheSpec;
import io.gleaner.cache.Caches;
import io.gleaner.cache.Codec;
import io.gleaner.cache.TwoLevelCache;
import io.gleaner.cache.Versioned;
import io.gleaner.extract.Extracted;
import io.gleaner.fetch.Response;
import io.gleaner.job.FetchSpec;
import io.gleaner.job.Format;
import io.gleaner.job.JobSpec;
import io.gleaner.job.rendering.RenderSpec;
import io.gleaner.job.rendering.Rendering;
import io.gleaner.store.CachedPage;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages that jobs with a {@code maxAge} have fetched, for such jobs of the same tenant. The key is
 * the tenant, the normalised URL and everything that changes what comes of it: request headers,
 * robots.txt, what is extracted and whether links are.
 *
 * <p>Kept out, as a shared cache must (RFC 9111, sections 3 and 3.5): what a request with
 * credentials or with a condition of its own brought, what the host calls {@code no-store} or
 * {@code private}, and what varies with everything.
 */
public final class PageCache {

    private static final Logger LOG = LoggerFactory.getLogger(PageCache.class);
    private static final long BYTES_MAX = 64 << 20;
    private static final Duration SHARED = Duration.ofDays(7);
    private static final Set<String> KEEP_OUT =
            Set.of(
                    "authorization",
                    "cookie",
                    "proxy-authorization",
                    "if-none-match",
                    "if-modified-since");

    private final TwoLevelCache<byte[]> pages;

    public PageCache(Caches caches) {
        this.pages =
                caches.open(
                        CacheSpec.<byte[]>local("page", BYTES_MAX, bytes -> bytes.length, SHARED)
                                .sharedFor(SHARED, Codec.bytes()));
    }

    /** Whether pages of this job may come from here and go to here. */
    static boolean serves(FetchSpec fetch) {
        return !fetch.maxAge().isZero()
                && !fetch.render().hasAttachments()
                && !fetch.warc()
                && fetch.manners().seesWhatOthersSee()
                && fetch.headers().keySet().stream()
                        .noneMatch(name -> KEEP_OUT.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** What is known of a page, however old. */
    Optional<CachedPage> find(String url, JobContext job) throws InterruptedException {
        return pages.get(key(url, job), key -> Optional.empty()).flatMap(PageCache::decoded);
    }

    private static Optional<CachedPage> decoded(byte[] bytes) {
        try {
            return Optional.of(CachedPage.decode(bytes));
        } catch (RuntimeException e) {
            LOG.debug("a cached page cannot be read, it is fetched", e);
            return Optional.empty();
        }
    }

    /** Remembers what was fetched, unless the host minds. */
    void put(
            String url,
            JobContext job,
            Response response,
            Extracted extracted,
            @Nullable Rendering rendering,
            Instant now) {
        if (!mayBeKept(response.headers())) {
            return;
        }
        put(
                url,
                job,
                new CachedPage(
                        response.url().toString(),
                        response.status(),
                        response.mediaType(),
                        now,
                        first(response.headers(), "etag"),
                        first(response.headers(), "last-modified"),
                        extracted.content(),
                        rendering,
                        job.frontier() == null ? List.of() : List.copyOf(extracted.outlinks()),
                        job.frontier() == null ? null : extracted.directions()));
    }

    void put(String url, JobContext job, CachedPage page) {
        pages.put(key(url, job), new Versioned<>(page.fetchedAt().toEpochMilli(), page.encode()));
    }

    private static boolean mayBeKept(Map<String, List<String>> headers) {
        String control = String.join(",", headers.getOrDefault("cache-control", List.of()));
        String vary = String.join(",", headers.getOrDefault("vary", List.of()));
        String lower = control.toLowerCase(Locale.ROOT);
        return !lower.contains("no-store") && !lower.contains("private") && !vary.contains("*");
    }

    static @Nullable String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Each part with its length, so that no two ways of asking look the same. */
    private static String key(String url, JobContext job) {
        JobSpec spec = job.spec();
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, job.tenant().id());
            add(digest, url);
            add(digest, spec.fetch().respectRobots());
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            headers.putAll(spec.fetch().headers());
            headers.forEach(
                    (name, value) -> {
                        add(digest, name.toLowerCase(Locale.ROOT));
                        add(digest, value);
                    });
            add(digest, spec.content().formats().stream().map(Format::wireName).sorted().toList());
            spec.content()
                    .fields()
                    .forEach(
                            (name, field) -> {
                                add(digest, name);
                                add(digest, field);
                            });
            add(digest, spec.content().onlyMainContent());
            add(digest, spec.content().includeTags());
            add(digest, spec.content().excludeTags());
            add(digest, job.frontier() != null);
            RenderSpec render = spec.fetch().render();
            if (render.mayRender()) {
                add(digest, render);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static void add(MessageDigest digest, Object part) {
        byte[] bytes = part.toString().getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(UTF_8));
        digest.update(bytes);
    }
}
