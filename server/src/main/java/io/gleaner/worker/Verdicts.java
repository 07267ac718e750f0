package io.gleaner.worker;

import io.gleaner.job.FaultCode;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import io.gleaner.store.Verdict.Concluded;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes faults of tasks. */
final class Verdicts {

    private Verdicts() {}

    static Concluded fault(
            Task task,
            String host,
            FaultCode code,
            String detail,
            @Nullable Integer status,
            Instant now) {
        var fault =
                new Page.Fault(task.url(), code, detail, status, now, task.depth(), task.attempt());
        return new Concluded(task, host, fault, List.of());
    }
}
