/**
 * Where time, memory and waiting go, by stack.
 *
 * <p>Place in the path: beside it. {@link io.gleaner.profile.Profiler} records the running process
 * with Java Flight Recorder for some seconds; {@link io.gleaner.profile.Stacks} adds up the samples
 * of a recording; {@link io.gleaner.profile.FlamePage} draws them, alone or against another
 * recording. Invariants: one recording at a time; a page holds everything that it shows and asks
 * nobody for anything.
 *
 * <p>When it fails: a recording that cannot be made or read is an exception; one without samples is
 * a page that says so.
 */
@NullMarked
package io.gleaner.profile;

import org.jspecify.annotations.NullMarked;
