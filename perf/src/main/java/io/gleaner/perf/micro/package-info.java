/**
 * The hot paths without anything around them: what one call costs in time and in bytes, by JMH.
 *
 * <p>Place in the path: {@link io.gleaner.perf.micro.MicroBench} is a bench like the others; each
 * class that ends in {@code Micro} holds benchmarks of one package of the product, {@link
 * io.gleaner.perf.micro.Document} the pages they read. Invariants: every benchmark runs in a JVM of
 * its own with the product's flags; inputs are the same in every run; whatever a call answers is
 * consumed.
 *
 * <p>When it fails: a benchmark that throws ends the bench, and there is no report.
 */
@NullMarked
package io.gleaner.perf.micro;

import org.jspecify.annotations.NullMarked;
