package io.gleaner.worker;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import io.gleaner.store.Lease;
import io.gleaner.store.Verdict;
import io.gleaner.store.Verdict.Concluded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes faults of tasks. */
final class Verdicts {

    private Verdicts() {}

    /** The fault of a task whose verdict the database does not take. */
    static Concluded unstorable(Verdict verdict, Throwable refusal, Instant now) {
        return fault(
                verdict.task(),
                verdict.lease(),
                FaultCode.INTERNAL_ERROR,
                "what came of it cannot be stored: " + refusal.getClass().getSimpleName(),
                null,
                now);
    }

    static Concluded fault(
            Task task,
            Lease lease,
            FaultCode code,
            String detail,
            @Nullable Integer status,
            Instant now) {
        var fault =
                new Page.Fault(task.url(), code, detail, status, now, task.depth(), task.attempt());
        return new Concluded(task, lease, fault, List.of());
    }
}
