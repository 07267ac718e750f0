package io.gleaner.profile;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What made threads stand still, as timers: {@code gleaner.jvm.pinned} (virtual threads that kept
 * their carrier for 20 ms and longer), {@code gleaner.jvm.monitor.wait} (10 ms and longer), {@code
 * gleaner.jvm.safepoint} (every stop of all threads, from the request to the end). Collections are
 * Micrometer's {@code jvm.gc.pause}. They come up to two seconds late.
 */
final class PauseMeters {

    static final String PINNED = "jdk.VirtualThreadPinned";
    static final String SAFEPOINT_BEGIN = "jdk.SafepointBegin";
    static final String SAFEPOINT_END = "jdk.SafepointEnd";

    private static final String SAFEPOINT_ID = "safepointId";

    private final Timer pinned;
    private final Timer monitorWait;
    private final Timer safepoint;

    // One safepoint at a time, and one thread that reads of them.
    private long begunId = -1;
    private Instant begunAt = Instant.EPOCH;

    PauseMeters(MeterRegistry registry) {
        pinned =
                Timer.builder("gleaner.jvm.pinned")
                        .description("Virtual threads that waited without giving up their carrier")
                        .register(registry);
        monitorWait =
                Timer.builder("gleaner.jvm.monitor.wait")
                        .description("Threads that waited for a monitor")
                        .register(registry);
        safepoint =
                Timer.builder("gleaner.jvm.safepoint")
                        .description("Stops of all threads")
                        .register(registry);
    }

    void listenTo(EventStream stream) {
        stream.onEvent(PINNED, event -> pinned.record(event.getDuration()));
        stream.onEvent(Kind.LOCK.event(), event -> monitorWait.record(event.getDuration()));
        stream.onEvent(SAFEPOINT_BEGIN, this::begun);
        stream.onEvent(SAFEPOINT_END, this::ended);
    }

    private void begun(RecordedEvent event) {
        begunId = event.getLong(SAFEPOINT_ID);
        begunAt = event.getStartTime();
    }

    private void ended(RecordedEvent event) {
        if (event.getLong(SAFEPOINT_ID) == begunId) {
            safepoint.record(Duration.between(begunAt, event.getEndTime()));
        }
    }
}
