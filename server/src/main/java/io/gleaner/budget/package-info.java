/**
 * Bounds on memory that many share: how much of one kind may be held at a time, who waits, who is
 * refused.
 *
 * <p>Place in the path: whoever is about to take memory that grows with what others send takes a
 * {@link io.gleaner.budget.Hold} first. The order is bodies, trees, pages: who holds a later one
 * never waits for an earlier one, so nobody waits in a circle.
 *
 * <p>Invariants: what is held never exceeds the limit; those who wait are served in their order; an
 * item that is larger than its budget is let through alone. When it fails: a hold that is not
 * closed is room lost until the process ends, so each is opened in a try-with-resources or closed
 * after the commit.
 */
@NullMarked
package io.gleaner.budget;

import org.jspecify.annotations.NullMarked;
