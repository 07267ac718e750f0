package io.gleaner.telemetry;

import io.gleaner.job.Task;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What the log says about the work of this thread, until closed. Closing brings back what stood
 * before, whatever was added in between. Threads do not inherit it: each opens its own.
 */
public final class LogContext implements AutoCloseable {

    static final String WORKER = "worker";
    static final String REQUEST = "request";
    static final String JOB = "job";
    static final String TASK = "task";
    static final String URL = "url";

    private final @Nullable Map<String, String> outer = MDC.getCopyOfContextMap();

    private LogContext() {}

    /** The request's id; it is also in the answer to an unexpected error. */
    public static LogContext request(String id) {
        return new LogContext().with(REQUEST, id);
    }

    /** A thread that works for all tasks of a worker. */
    public static LogContext worker(UUID id) {
        return new LogContext().with(WORKER, id);
    }

    /** A thread, or a part of its work, that is about one task. */
    public static LogContext task(UUID worker, Task task) {
        return worker(worker).with(JOB, task.jobId()).with(TASK, task.id()).with(URL, task.url());
    }

    /** Names the job, too, until the context that is open now is closed. */
    public static void addJob(UUID id) {
        MDC.put(JOB, id.toString());
    }

    private LogContext with(String key, Object value) {
        MDC.put(key, value.toString());
        return this;
    }

    @Override
    public void close() {
        if (outer == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(outer);
        }
    }
}
