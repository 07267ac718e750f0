package io.gleaner.profile;

import java.util.Locale;
import jdk.jfr.EventSettings;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;

/** What a flame graph is of. */
public enum Kind {
    /** CPU time, native code included (JEP 509). */
    CPU("jdk.CPUTimeSample", "microseconds of CPU time"),
    /** Bytes allocated on the heap. */
    ALLOC("jdk.ObjectAllocationSample", "bytes allocated"),
    /** Time that a thread waited for a monitor which another one held. */
    LOCK("jdk.JavaMonitorEnter", "microseconds waited for a monitor"),
    /** Time that a thread was parked, for a lock or for work. */
    PARK("jdk.ThreadPark", "microseconds parked");

    /**
     * Jdbi's event of each SQL statement, which any recording takes unless told otherwise: with a
     * stack and the values of its parameters, so it is dear, and nobody's business.
     */
    static final String STATEMENTS = "jdbi.statement";

    /** Of a sample, for which it stands: recordings at different rates may share a file. */
    private static final String SAMPLING_PERIOD = "samplingPeriod";

    private static final long NANOS_PER_MICRO = 1_000;

    private final String event;
    private final String unit;

    Kind(String event, String unit) {
        this.event = event;
        this.unit = unit;
    }

    /** Makes a recording take these events, often enough and not too often. */
    void enable(Recording recording) {
        recording.disable(STATEMENTS);
        EventSettings settings = recording.enable(event).withStackTrace();
        switch (this) {
            case CPU -> settings.with("throttle", "10ms");
            case ALLOC -> settings.with("throttle", "500/s");
            case LOCK, PARK -> settings.with("threshold", "1ms");
        }
    }

    String event() {
        return event;
    }

    /** As in {@code cpu}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String unit() {
        return unit;
    }

    long weight(RecordedEvent sample) {
        return switch (this) {
            case CPU -> sample.getDuration(SAMPLING_PERIOD).toNanos() / NANOS_PER_MICRO;
            case ALLOC -> sample.getLong("weight");
            case LOCK, PARK -> sample.getDuration().toNanos() / NANOS_PER_MICRO;
        };
    }
}
