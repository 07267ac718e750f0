package io.gleaner.worker;

import io.gleaner.job.FaultCode;
import io.gleaner.store.Verdict.Concluded;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What running a task came to. */
sealed interface TaskResult {

    /**
     * It came to a page.
     *
     * @param hostAnswered whether the host answered, and so is well; false when it was not asked
     */
    record Decided(Concluded verdict, boolean hostAnswered) implements TaskResult {}

    /**
     * It needs a browser, which this worker has not.
     *
     * @param why one clause
     */
    record NeedsBrowser(String why) implements TaskResult {}

    /**
     * The host gave no usable answer this time.
     *
     * @param throttled the host asks for patience, which costs no attempt
     * @param until when the host may be asked again, or null to leave that to its pace: then it was
     *     asked for this URL
     */
    record NoAnswer(
            FaultCode code,
            String detail,
            @Nullable Integer status,
            boolean throttled,
            @Nullable Instant until)
            implements TaskResult {

        /** Whether the host said "later" to this URL, and not to its robots.txt. */
        boolean toThisUrl() {
            return throttled && until == null;
        }
    }
}
