/**
 * What a bench tells: raw as JSON, and as a Markdown page for people.
 *
 * <p>Place in the path: a bench hands over tables, verdicts and raw results; this package adds
 * nothing to them but medians. Invariants: every page names its command, commit, machine, settings,
 * steal and load, so that a polluted run is visible; a verdict stands beside its bound.
 *
 * <p>When it fails: a report that cannot be written is an exception, so no run counts as done
 * without one.
 */
@NullMarked
package io.gleaner.perf.report;

import org.jspecify.annotations.NullMarked;
