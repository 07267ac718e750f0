/**
 * An autoscaling policy over real processes.
 *
 * <p>Place in the path: {@link io.gleaner.perf.autoscale.drill.DrillBench} starts the service,
 * measures what one worker can do, and then lets the controller of {@code autoscale.hpa} decide
 * over workers that really start and end ({@code pods}), while pages are submitted as a trace of
 * {@code autoscale.simulate} says; the simulation plays the same trace with the measured figures.
 * Invariants: the controller and its policy are those of the simulation and know no other time than
 * that of {@link io.gleaner.perf.autoscale.drill.FastClock}; what is reported of queue and pages is
 * counted in the database afterwards, not where it was sent.
 *
 * <p>What it is not: a cluster. No node is full or missing, no image is pulled, and all workers
 * share two cores with everything else. When it fails: a process that does not start is a {@link
 * io.gleaner.perf.process.BenchException}; a metric that cannot be read is an error of that sync,
 * as in Kubernetes.
 */
@NullMarked
package io.gleaner.perf.autoscale.drill;

import org.jspecify.annotations.NullMarked;
