package io.gleaner.job.rendering;

/**
 * What a window shows of a page, in CSS pixels.
 *
 * @param width {@value #SIDE_MIN} to {@value #SIDE_MAX}, as is the height
 */
public record Viewport(int width, int height) {

    public static final int SIDE_MIN = 100;
    public static final int SIDE_MAX = 4_000;

    public static final Viewport DESKTOP = new Viewport(1280, 800);
    public static final Viewport PHONE = new Viewport(390, 844);

    public Viewport {
        if (Math.min(width, height) < SIDE_MIN || Math.max(width, height) > SIDE_MAX) {
            throw new IllegalArgumentException(
                    "a viewport is %d to %d pixels wide and high: %d by %d"
                            .formatted(SIDE_MIN, SIDE_MAX, width, height));
        }
    }
}
