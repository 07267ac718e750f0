package io.gleaner.database;

import java.time.Duration;

/**
 * How long the database may take to answer one statement. PostgreSQL cancels a statement that takes
 * longer; when not even that comes back in time, the connection counts as lost.
 *
 * @param request of a request; with the wait for a connection it is a request's deadline
 * @param work of a worker or a chore
 * @param bulk of an upload, or of a chore over whole tables
 */
public record AnswerTimes(Duration request, Duration work, Duration bulk) {

    /** What the server's word needs to come through after its time is over. */
    static final Duration GRACE = Duration.ofSeconds(1);

    public AnswerTimes {
        if (request.compareTo(Duration.ofSeconds(1)) < 0
                || work.compareTo(request) < 0
                || bulk.compareTo(work) < 0) {
            throw new IllegalArgumentException(
                    "answer times must be at least 1 s and not decrease: %s, %s, %s"
                            .formatted(request, work, bulk));
        }
    }

    /** 5 s for a request, 20 s for work, 5 min in bulk. */
    public static AnswerTimes standard() {
        return new AnswerTimes(
                Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMinutes(5));
    }
}
