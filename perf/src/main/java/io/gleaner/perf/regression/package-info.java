/**
 * Whether a commit made the service slower than another.
 *
 * <p>Place in the path: {@link io.gleaner.perf.regression.CompareBench} is a bench like the others;
 * it builds the commits, runs all of them at once and loads one at a time, in blocks. Invariants:
 * the base is measured against itself in the same blocks, so every report carries the noise of its
 * machine and how often its rule cries wolf.
 *
 * <p>When it fails: a commit that cannot be built ends the bench with the end of the build's log.
 */
@NullMarked
package io.gleaner.perf.regression;

import org.jspecify.annotations.NullMarked;
