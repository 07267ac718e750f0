/**
 * The cheapest policy that holds what was promised.
 *
 * <p>Place in the path: {@link io.gleaner.perf.autoscale.tune.Tuning} turns one knob after the
 * other and keeps what is better, judged by {@code autoscale.simulate} over all traces and several
 * seeds. Invariants: it ends where no single turn of any knob is better, and says of each of those
 * why not; the same arguments give the same answer.
 *
 * <p>What it is not: a proof that nothing better exists further away, or that a cluster behaves
 * like the simulation.
 */
@NullMarked
package io.gleaner.perf.autoscale.tune;

import org.jspecify.annotations.NullMarked;
