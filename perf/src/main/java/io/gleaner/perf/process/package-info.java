/**
 * The processes of a bench and what the operating system says about them and about the machine.
 *
 * <p>Place in the path: a bench starts the service, the site, a database and workers here, reads
 * their memory and CPU from {@code /proc} and cgroups, and closes them. Invariants: whatever was
 * started is ended when its owner closes it, and by a shutdown hook when the bench is interrupted;
 * only processes that were started here are ever signalled; every wait has a limit.
 *
 * <p>When it fails: a process that ends early or is not ready in time is a {@link
 * io.gleaner.perf.process.BenchException} with the last lines of its log. Facts that a system does
 * not tell are absent, not guessed.
 */
@NullMarked
package io.gleaner.perf.process;

import org.jspecify.annotations.NullMarked;
