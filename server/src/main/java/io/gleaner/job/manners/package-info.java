/**
 * The vocabulary of how one job asks, beside all others: slower, by a proxy, with a password.
 *
 * <p>Place, invariants and failures as those of {@link io.gleaner.job}, which uses this one.
 */
@NullMarked
package io.gleaner.job.manners;

import org.jspecify.annotations.NullMarked;
