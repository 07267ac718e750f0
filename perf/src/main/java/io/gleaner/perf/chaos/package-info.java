/**
 * What the service does while its processes and its database are killed.
 *
 * <p>Place in the path: {@link io.gleaner.perf.chaos.ChaosBench} and {@link
 * io.gleaner.perf.chaos.OutageBench} are benches like the others. Invariants: what was acknowledged
 * is remembered here and compared with what the service has in the end; what is killed is chosen by
 * a seed. {@link io.gleaner.perf.chaos.LeaseWatch} and {@link io.gleaner.perf.chaos.Audit} know the
 * product's tables, for nothing else shows who holds what.
 *
 * <p>When it fails: a process that cannot be started again within its patience ends the bench.
 */
@NullMarked
package io.gleaner.perf.chaos;

import org.jspecify.annotations.NullMarked;
