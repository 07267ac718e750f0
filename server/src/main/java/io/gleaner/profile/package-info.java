/**
 * Where time, memory and waiting go, by stack.
 *
 * <p>Place in the path: beside it. {@link io.gleaner.profile.RollingRecording} is on all the time
 * and remembers the last minutes; {@link io.gleaner.profile.Profiler} recalls them, or records the
 * running process more closely for some seconds, both with Java Flight Recorder; {@link
 * io.gleaner.profile.Stacks} adds up the samples of a recording and tags each with the endpoint or
 * step it was taken in, by the classes on its stack, so that nothing is paid for it while the
 * service runs; {@link io.gleaner.profile.FlamePage} draws them, alone or against another
 * recording. Invariants: one recording on demand at a time; a page holds everything that it shows
 * and asks nobody for anything.
 *
 * <p>When it fails: a recording that cannot be made or read is an exception; one without samples is
 * a page that says so. A process that is killed leaves its last minutes in the JVM's folder of
 * temporary files, where the JDK's {@code jfr} reads them.
 */
@NullMarked
package io.gleaner.profile;

import org.jspecify.annotations.NullMarked;
