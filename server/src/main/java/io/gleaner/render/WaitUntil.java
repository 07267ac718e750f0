package io.gleaner.render;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a page is waited for besides its load and a quiet network.
 *
 * @param time after that; zero for none
 * @param selector an element that must be there, or null
 */
public record WaitUntil(Duration time, @Nullable String selector) {

    /** Nothing besides. */
    public static final WaitUntil RESTING = new WaitUntil(Duration.ZERO, null);
}
