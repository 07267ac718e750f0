/**
 * What lives as long as its owner and is never to die: heartbeats, leases, settling, chores, looks.
 *
 * <p>Place in the path: beside it; every package with a long-lived thread uses this one.
 *
 * <p>Invariants: nothing that a round throws ends a loop, an {@code Error} as little as an
 * exception; only its owner does. When a round fails: it is counted by loop, the log names the
 * cause, the next round comes after a pause that grows, and health tells of a loop that keeps
 * failing ({@link io.gleaner.loop.Loop#failing}).
 */
@NullMarked
package io.gleaner.loop;

import org.jspecify.annotations.NullMarked;
