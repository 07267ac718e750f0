/**
 * The benches: what is started, loaded, counted and held against a bound.
 *
 * <p>Place in the path: {@code cli} reads settings and runs a {@link io.gleaner.perf.bench.Bench}
 * in a {@link io.gleaner.perf.bench.Lab}; what it finds goes to {@code report}. Invariants: the
 * product is a black box in processes of its own, driven over HTTP; only {@link
 * io.gleaner.perf.bench.NoFetchWorker} knows its store and only {@link
 * io.gleaner.perf.bench.Preload} its tables; warm-up is never part of a figure; variants that are
 * compared take turns within a run.
 *
 * <p>When it fails: a bench that could not measure ends with an exception and no report; one that
 * measured less than its bound writes its report and says so.
 */
@NullMarked
package io.gleaner.perf.bench;

import org.jspecify.annotations.NullMarked;
