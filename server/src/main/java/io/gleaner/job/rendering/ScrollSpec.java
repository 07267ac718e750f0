package io.gleaner.job.rendering;

import org.jspecify.annotations.Nullable;

/**
 * How far a page is scrolled that grows when its end comes into sight.
 *
 * @param max times to the end, 1 to {@value #TIMES_MAX}; no more once nothing comes
 * @param until an element at which it is enough, or null
 */
public record ScrollSpec(int max, @Nullable String until) {

    public static final int TIMES_MAX = 100;

    public ScrollSpec {
        if (max < 1 || max > TIMES_MAX) {
            throw new IllegalArgumentException(
                    "scroll %d: accepted is 1 to %d times".formatted(max, TIMES_MAX));
        }
    }
}
