package io.gleaner.worker;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which pages have needed a browser lately, by host and pattern of path: what always did is shown
 * to it at once, without a plain fetch before. Now and then a page of either kind is treated as the
 * other, to see whether that still holds.
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

    private final Cache<String, Habit> habits =
            Caffeine.newBuilder().maximumSize(PATTERNS_MAX).expireAfterAccess(KEPT).build();
    private final Cache<String, Boolean> refusals =
            Caffeine.newBuilder().maximumSize(PATTERNS_MAX).expireAfterWrite(KEPT).build();

    /** What is known of one pattern. Guarded by itself. */
    private static final class Habit {
        private int neededInARow;
        private int plain;

        /** A check has found what the look at the host's answer does not see. */
        private boolean foundByCheck;
    }

    /** Whether a page of this URL is to be rendered without a look at what the host sends. */
    boolean rendersAtOnce(URI url) {
        Habit habit = habits.getIfPresent(pattern(url));
        if (habit == null) {
            return false;
        }
        synchronized (habit) {
            return habit.neededInARow >= HABIT_MIN && ++habit.neededInARow % CHECK_EVERY != 0;
        }
    }

    /**
     * What a look at a page said.
     *
     * @return for a page that does not need it: whether it is rendered all the same, to see
     */
    boolean saw(URI url, boolean needsBrowser) {
        Habit habit = habits.get(pattern(url), _ -> new Habit());
        synchronized (habit) {
            if (needsBrowser) {
                habit.neededInARow++;
                return false;
            }
            if (habit.foundByCheck) {
                return true;
            }
            habit.neededInARow = 0;
            return ++habit.plain % CHECK_EVERY == 0;
        }
    }

    /** What rendering a page that seemed not to need it said. */
    void checked(URI url, boolean needsBrowser) {
        Habit habit = habits.get(pattern(url), _ -> new Habit());
        synchronized (habit) {
            habit.foundByCheck = needsBrowser;
            habit.neededInARow = needsBrowser ? HABIT_MIN : 0;
        }
    }

    /** Whether an answer that refuses pages of this URL may be a test that a browser passes. */
    boolean triesChallenge(URI url) {
        return refusals.getIfPresent(pattern(url)) == null;
    }

    /** Whether a browser passed; where none does, it is not tried again soon. */
    void triedChallenge(URI url, boolean passed) {
        if (!passed) {
            refusals.put(pattern(url), true);
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
