package io.gleaner.job;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/**
 * How pages are rendered.
 *
 * @param waitFor after a page has loaded and its network is quiet; zero for no longer
 * @param waitForSelector an element that is waited for before, or null
 * @param screenshot the picture to take of each page, or null
 */
public record RenderSpec(
        RenderMode mode,
        Duration waitFor,
        @Nullable String waitForSelector,
        @Nullable ScreenshotSpec screenshot) {

    public static final Duration WAIT_MAX = Duration.ofMinutes(1);

    /** Nothing is rendered. */
    public static final RenderSpec NONE = new RenderSpec(RenderMode.NEVER, Duration.ZERO, null);

    public RenderSpec {
        if (waitFor.isNegative() || waitFor.compareTo(WAIT_MAX) > 0) {
            throw new IllegalArgumentException(
                    "waitFor must be 0 to %s: %s"
                            .formatted(TimeText.of(WAIT_MAX), TimeText.of(waitFor)));
        }
    }

    /** Without a picture. */
    public RenderSpec(RenderMode mode, Duration waitFor, @Nullable String waitForSelector) {
        this(mode, waitFor, waitForSelector, null);
    }

    /** The same with a picture of each page. */
    public RenderSpec withScreenshot(ScreenshotSpec other) {
        return new RenderSpec(mode, waitFor, waitForSelector, other);
    }

    /** In this mode, waiting for nothing besides. */
    public static RenderSpec of(RenderMode mode) {
        return new RenderSpec(mode, Duration.ZERO, null);
    }

    /** Whether a browser may be needed. */
    public boolean mayRender() {
        return mode != RenderMode.NEVER;
    }
}
