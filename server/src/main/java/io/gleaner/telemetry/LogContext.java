package io.gleaner.telemetry;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One key of the log context, set until closed. Nests: closing brings the outer value back. Bound
 * to the thread, which is the request or the task.
 */
public final class LogContext implements AutoCloseable {

    private final String key;
    private final @Nullable String outer;

    private LogContext(String key, @Nullable String outer) {
        this.key = key;
        this.outer = outer;
    }

    /** The request's id; it is also in the answer to an unexpected error. */
    public static LogContext request(String id) {
        return put("request", id);
    }

    public static LogContext job(Object id) {
        return put("job", id.toString());
    }

    public static LogContext url(String url) {
        return put("url", url);
    }

    private static LogContext put(String key, String value) {
        var context = new LogContext(key, MDC.get(key));
        MDC.put(key, value);
        return context;
    }

    @Override
    public void close() {
        if (outer == null) {
            MDC.remove(key);
        } else {
            MDC.put(key, outer);
        }
    }
}
