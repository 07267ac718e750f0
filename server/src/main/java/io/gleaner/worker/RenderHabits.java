package io.gleaner.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Which pages have needed a browser lately, by host and pattern of path: what always did is shown
 * to it at once, without a plain fetch before. Now and then one is fetched all the same, to see
 * whether that still holds.
 */
public final class RenderHabits {

    private static final int PATTERNS_MAX = 20_000;
    private static final Duration KEPT = Duration.ofHours(6);

    /** Pages in a row that make a habit. */
    private static final int HABIT_MIN = 3;

    /** Of so many, one is looked at again. */
    private static final int CHECK_EVERY = 50;

    private static final int SEGMENTS_MAX = 8;

    /** Numbers, ids and words that are long: what differs from page to page. */
    private static final Pattern VARIABLE = Pattern.compile(".*\\d.*|.{16,}");

    private final Cache<String, AtomicInteger> inARow =
            Caffeine.newBuilder().maximumSize(PATTERNS_MAX).expireAfterAccess(KEPT).build();

    /** Whether a page of this URL is to be rendered without a look at what the host sends. */
    boolean rendersAtOnce(URI url) {
        AtomicInteger needed = inARow.getIfPresent(pattern(url));
        return needed != null
                && needed.get() >= HABIT_MIN
                && needed.incrementAndGet() % CHECK_EVERY != 0;
    }

    /** What a look at a page said. */
    void saw(URI url, boolean needsBrowser) {
        String pattern = pattern(url);
        if (needsBrowser) {
            inARow.get(pattern, _ -> new AtomicInteger()).incrementAndGet();
        } else {
            inARow.invalidate(pattern);
        }
    }

    static String pattern(URI url) {
        var pattern = new StringBuilder(String.valueOf(url.getAuthority()));
        String path = url.getRawPath() == null ? "" : url.getRawPath();
        int segments = 0;
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty()) {
                continue;
            }
            if (++segments > SEGMENTS_MAX) {
                break;
            }
            pattern.append('/').append(VARIABLE.matcher(segment).matches() ? "*" : segment);
        }
        return pattern.toString().toLowerCase(Locale.ROOT);
    }
}
