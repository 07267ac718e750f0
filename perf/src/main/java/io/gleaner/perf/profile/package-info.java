/**
 * Recordings of the service under a bench.
 *
 * <p>Place in the path: {@code --profile} of a bench adds one JVM flag, and when the bench is over
 * the product's own {@link io.gleaner.profile.FlamePage} draws what came of it. Invariants: a
 * recording lies beside its pages. When it fails: a recording that cannot be read ends the bench
 * after its figures were measured.
 */
@NullMarked
package io.gleaner.perf.profile;

import org.jspecify.annotations.NullMarked;
