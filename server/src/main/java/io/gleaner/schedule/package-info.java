/**
 * Begins jobs again and again, at even distances or at the times of a cron expression.
 *
 * <p>Place in the path: beside {@code api}; what it begins is a job like any other. Any number of
 * processes may do this side by side: a run and the next time of its schedule are one transaction
 * under the lock of the schedule's row ({@link io.gleaner.store.Schedules}). When it fails: a
 * process that dies leaves the schedule as it was, or with its job; what was due while none ran is
 * named as missed, and done once; while the job of the run before still runs, a run is skipped and
 * named.
 */
@NullMarked
package io.gleaner.schedule;

import org.jspecify.annotations.NullMarked;
