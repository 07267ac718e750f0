package io.gleaner.store;

import io.gleaner.job.Candidate;
import io.gleaner.job.Page;
import io.gleaner.job.Task;
import java.util.List;

/** How a task leaves its host queue. */
public sealed interface Verdict {

    Task task();

    /** The host queue the task is in. */
    String host();

    /** It came to a page, which may lead to more URLs. */
    record Concluded(Task task, String host, Page page, List<Candidate> outlinks)
            implements Verdict {}

    /** No usable answer this time: once more, at the tail. Costs an attempt. */
    record Retried(Task task, String host) implements Verdict {}

    /** Its worker died: once more, at the tail. Costs a rescue. */
    record Rescued(Task task, String host) implements Verdict {}

    /** Its job has ended: nothing is stored. */
    record Dropped(Task task, String host) implements Verdict {}
}
