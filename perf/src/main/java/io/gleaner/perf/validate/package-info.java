/**
 * The targets of the requirements, T1 to T9, one after the other.
 *
 * <p>Place in the path: {@link io.gleaner.perf.validate.ValidateBench} runs other benches and
 * gathers their verdicts. Invariants: it measures nothing that a bench of its own does not, so each
 * row can be repeated alone.
 *
 * <p>When it fails: a bench that breaks ends the validation; nothing counts as validated without a
 * figure.
 */
@NullMarked
package io.gleaner.perf.validate;

import org.jspecify.annotations.NullMarked;
