package io.gleaner.job.rendering;

import org.jspecify.annotations.Nullable;

/**
 * A picture to take of each page.
 *
 * @param fullPage the whole page, as far as the limit of pixels goes, and not only what a window
 *     shows
 * @param selector the first element that matches, and nothing else; or null
 * @param quality of JPEG and WebP, 1 to 100
 * @param viewport of the window while it is taken, or null for the one that the page has
 */
public record ScreenshotSpec(
        boolean fullPage,
        @Nullable String selector,
        ImageType type,
        int quality,
        @Nullable Viewport viewport) {

    public static final int QUALITY_DEFAULT = 80;

    public ScreenshotSpec {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("quality must be 1 to 100: " + quality);
        }
        if (fullPage && selector != null) {
            throw new IllegalArgumentException(
                    "a screenshot is of the full page or of a selector, not of both");
        }
    }

    /** In the window that the page has. */
    public ScreenshotSpec(
            boolean fullPage, @Nullable String selector, ImageType type, int quality) {
        this(fullPage, selector, type, quality, null);
    }

    /** What a window shows, as PNG. */
    public static ScreenshotSpec standard() {
        return new ScreenshotSpec(false, null, ImageType.PNG, QUALITY_DEFAULT);
    }
}
