package io.gleaner.worker;

import io.gleaner.worker.TaskResult.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when a host has been failing, and whether it is time to give its queue up. Thread-safe. */
final class HostHealth {

    private final Duration failurePatience;
    private final Duration throttlePatience;
    private final Duration bugPause;
    private @Nullable Instant failingSince;
    private @Nullable Instant heldUntil;
    private @Nullable NoAnswer last;
    private @Nullable Instant answeredAt;
    private boolean down;
    private boolean bug;

    HostHealth(@Nullable Instant failingSince, @Nullable Instant answeredAt, WorkerConfig config) {
        this.failingSince = failingSince;
        this.answeredAt = answeredAt;
        this.bugPause = config.bugPause();
        this.failurePatience = config.failurePatience();
        this.throttlePatience = config.throttlePatience();
    }

    synchronized void answered(Instant now) {
        answeredAt = now;
        failingSince = null;
        last = null;
        down = false;
    }

    synchronized void failed(NoAnswer answer, Instant now) {
        if (failingSince == null) {
            failingSince = now;
        }
        if (answer.until() != null) {
            heldUntil = answer.until();
        }
        last = answer;
        Duration patience = answer.throttled() ? throttlePatience : failurePatience;
        down = now.isAfter(failingSince.plus(patience));
    }

    /**
     * The host said "later" to a URL.
     *
     * @return whether that counts against the URL: the host has answered others lately
     */
    synchronized boolean refused(NoAnswer answer, Instant now) {
        failed(answer, now);
        return answeredAt != null && answeredAt.isAfter(now.minus(throttlePatience));
    }

    /** A bug of ours is in the way of all its pages: it is left alone for a while. */
    synchronized void metBug(Instant now) {
        bug = true;
        heldUntil = now.plus(bugPause);
    }

    /** The answer that used up our patience, or null while there is some left. */
    synchronized @Nullable NoAnswer verdictOnAll() {
        return down ? last : null;
    }

    synchronized @Nullable Instant failingSince() {
        return failingSince;
    }

    synchronized @Nullable Instant answeredAt() {
        return answeredAt;
    }

    synchronized @Nullable Instant heldUntil() {
        return heldUntil;
    }

    /** The last failure, one clause for people, or null when the host is well. */
    synchronized @Nullable String reason() {
        if (bug) {
            return "a bug in Gleaner keeps its pages from being fetched: the log has the stack"
                    + " trace";
        }
        return last == null ? null : last.code().meaning() + ": " + last.detail();
    }
}
