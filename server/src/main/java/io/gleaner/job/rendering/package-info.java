/**
 * The vocabulary of rendering: what a job asks of a browser ({@link
 * io.gleaner.job.rendering.RenderSpec}) and what came of it ({@link
 * io.gleaner.job.rendering.Rendering}).
 *
 * <p>Place, invariants and failures as those of {@link io.gleaner.job}, which uses this one.
 */
@NullMarked
package io.gleaner.job.rendering;

import org.jspecify.annotations.NullMarked;
