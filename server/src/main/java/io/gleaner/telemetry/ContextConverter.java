package io.gleaner.telemetry;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The log context for a person's eyes: {@code [worker=1b9d6bcd job=... url=...]} with a space in
 * front, or nothing. {@code logback.xml} knows it as {@code %context}.
 */
public final class ContextConverter extends ClassicConverter {

    // The URL comes last: it is as long as it likes.
    private static final List<String> KEYS =
            List.of(
                    LogContext.WORKER,
                    LogContext.REQUEST,
                    LogContext.JOB,
                    LogContext.TASK,
                    LogContext.URL);

    /** Of a worker's id, which is the same in most lines of a process. */
    private static final int WORKER_SHOWN = 8;

    @Override
    public String convert(ILoggingEvent event) {
        Map<String, String> context = event.getMDCPropertyMap();
        if (context.isEmpty()) {
            return "";
        }
        return KEYS.stream()
                .filter(context::containsKey)
                .map(key -> key + "=" + shown(key, context.getOrDefault(key, "")))
                .collect(Collectors.joining(" ", " [", "]"));
    }

    private static String shown(String key, String value) {
        return key.equals(LogContext.WORKER) && value.length() > WORKER_SHOWN
                ? value.substring(0, WORKER_SHOWN)
                : value;
    }
}
