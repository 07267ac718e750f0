/**
 * Whether clients that do not send what they began keep the service from others.
 *
 * <p>Place in the path: a bench starts the service with a port for probes, holds thousands of
 * connections against its API, and asks both ports meanwhile. Invariants: every probe counts, the
 * first as the last; whether a connection is held is read from its own socket.
 *
 * <p>When it fails: a verdict does not hold. What keeps the bench from measuring, such as too few
 * files for so many connections, is a {@link io.gleaner.perf.process.BenchException}.
 */
@NullMarked
package io.gleaner.perf.slowclients;

import org.jspecify.annotations.NullMarked;
