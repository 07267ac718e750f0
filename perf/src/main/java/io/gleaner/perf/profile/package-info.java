/**
 * Where time, memory and waiting go, by stack.
 *
 * <p>Place in the path: a bench with {@code --profile} runs the service under Java Flight Recorder;
 * {@link io.gleaner.perf.profile.Stacks} adds up the samples of a recording, {@link
 * io.gleaner.perf.profile.FlamePage} draws them, alone or against another recording. Invariants: a
 * page holds everything that it shows and asks nobody for anything.
 *
 * <p>When it fails: a recording that cannot be read, or has no sample of the kind, is an error that
 * says so.
 */
@NullMarked
package io.gleaner.perf.profile;

import org.jspecify.annotations.NullMarked;
