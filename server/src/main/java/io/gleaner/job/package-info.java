/**
 * The vocabulary of Gleaner: what is asked for ({@link io.gleaner.job.JobSpec}), what is to be done
 * ({@link io.gleaner.job.Task}) and what came of it ({@link io.gleaner.job.Page}).
 *
 * <p>Place in the path: everywhere; every other package speaks in these types. Invariants:
 * immutable records that check themselves on construction, the JDK only, no I/O. What fails here is
 * a caller's bad input, as an {@link IllegalArgumentException} whose message names the field, the
 * value and what is accepted.
 */
@NullMarked
package io.gleaner.job;

import org.jspecify.annotations.NullMarked;
