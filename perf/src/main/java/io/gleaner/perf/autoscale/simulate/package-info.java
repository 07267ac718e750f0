/**
 * A policy under a load, second by second, without a cluster.
 *
 * <p>Place in the path: {@link io.gleaner.perf.autoscale.simulate.Simulation} plays a {@link
 * io.gleaner.perf.autoscale.simulate.Trace} against pods that start, work and end; every sync
 * period the controller of {@code autoscale.hpa} decides over them. Invariants: nothing is drawn by
 * lot but the phases of the clocks and the noise of the load, and those from a seed, so a run
 * repeats to the last digit; what a pod can do comes from {@code docs/performance/capacity.json},
 * whose entries name their report.
 *
 * <p>What it is not: one queue stands for all hosts, so crawl delays do not hold anything back
 * here, and the database is never the limit. When it fails: a wrong file or argument is an {@link
 * java.lang.IllegalArgumentException} that names it.
 */
@NullMarked
package io.gleaner.perf.autoscale.simulate;

import org.jspecify.annotations.NullMarked;
