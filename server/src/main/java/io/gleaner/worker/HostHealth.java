package io.gleaner.worker;

import io.gleaner.worker.TaskResult.NoAnswer;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Since when a host has been failing, and whether it is time to give its queue up. Thread-safe. */
final class HostHealth {

    private final Duration failurePatience;
    private final Duration throttlePatience;
    private @Nullable Instant failingSince;
    private @Nullable Instant heldUntil;
    private @Nullable NoAnswer last;
    private boolean down;

    HostHealth(@Nullable Instant failingSince, WorkerConfig config) {
        this.failingSince = failingSince;
        this.failurePatience = config.failurePatience();
        this.throttlePatience = config.throttlePatience();
    }

    synchronized void answered() {
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

    /** The answer that used up our patience, or null while there is some left. */
    synchronized @Nullable NoAnswer verdictOnAll() {
        return down ? last : null;
    }

    synchronized @Nullable Instant failingSince() {
        return failingSince;
    }

    synchronized @Nullable Instant heldUntil() {
        return heldUntil;
    }

    /** The last failure, one clause for people, or null when the host is well. */
    synchronized @Nullable String reason() {
        return last == null ? null : last.code().meaning() + ": " + last.detail();
    }
}
