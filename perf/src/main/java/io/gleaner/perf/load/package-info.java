/**
 * Load over HTTP/1.1 on loopback, and what it met.
 *
 * <p>Place in the path: benches describe a {@link io.gleaner.perf.load.Workload}; {@link
 * io.gleaner.perf.load.OpenLoop} sends it at given times whatever the server does, {@link
 * io.gleaner.perf.load.ClosedLoop} as fast as the server answers. Invariants: an open loop counts
 * latency from the intended time of a send, never from the actual one, so a stalled server shows in
 * the percentiles; sends that began late or not at all are counted; every run is bounded in time
 * and connections; only loopback is addressed.
 *
 * <p>When it fails: an answer that does not come, or is not what was asked for, is counted, never
 * dropped silently; a server that cannot be reached at all ends the run with an exception.
 */
@NullMarked
package io.gleaner.perf.load;

import org.jspecify.annotations.NullMarked;
