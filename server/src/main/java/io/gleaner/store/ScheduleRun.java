package io.gleaner.store;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became of one time that a schedule was due.
 *
 * @param at when that was decided
 * @param job what was begun, or null
 * @param detail why nothing was, one clause for people, or null
 */
public record ScheduleRun(
        Instant dueAt, Instant at, Outcome outcome, @Nullable UUID job, @Nullable String detail) {

    /** The names are stable: they are stored and answered. */
    public enum Outcome {
        /** Its job was begun. */
        STARTED,
        /** The job of the run before still ran. */
        SKIPPED,
        /** No server ran at that time; a later one was begun in its place. */
        MISSED,
        /** Its job could not be begun. */
        FAILED
    }
}
