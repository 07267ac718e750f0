/**
 * The command line of the benches.
 *
 * <p>Place in the path: the launcher starts {@link io.gleaner.perf.cli.Main} for {@code ./gleaner
 * bench}; a command reads its settings and runs one bench. Invariants: progress and problems go to
 * stderr, the path of the report to stdout; the exit code is 0 when every verdict holds, 1 when one
 * does not, 64 for bad usage, 70 when nothing could be measured.
 *
 * <p>When it fails: one sentence that names the cause; Ctrl-C ends everything that was started.
 */
@NullMarked
package io.gleaner.perf.cli;

import org.jspecify.annotations.NullMarked;
