package io.gleaner.job;

import org.jspecify.annotations.Nullable;

/**
 * Whether a page was rendered, for a job that renders.
 *
 * @param why one clause for people
 * @param screenshot the picture that was taken of it, or null
 */
public record Rendering(boolean rendered, String why, @Nullable Screenshot screenshot) {

    /** Without a picture. */
    public Rendering(boolean rendered, String why) {
        this(rendered, why, null);
    }
}
