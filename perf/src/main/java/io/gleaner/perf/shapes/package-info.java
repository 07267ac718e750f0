/**
 * Load tests: users arrive in a shape (steady, a spike, ever more), and one report says how the
 * service bore it and what held it up.
 *
 * <p>Place in the path: {@link io.gleaner.perf.shapes.LoadBench} starts the service, the site and
 * the {@link io.gleaner.perf.users users}; {@code UserLoad} reads what users met, {@code Watch} and
 * {@code DatabaseWatch} what service, machine and PostgreSQL did meanwhile; {@code Judge} holds
 * that against the limits of the shape, {@code Bottlenecks} names what is over its limit by most.
 * All of it becomes a {@code Run}, which is the report's raw data and what {@code LoadPage} draws.
 * Invariants: the warm-up is in no figure; everything is on one time axis, in seconds since its
 * end.
 */
@NullMarked
package io.gleaner.perf.shapes;

import org.jspecify.annotations.NullMarked;
