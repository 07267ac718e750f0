package io.gleaner.perf.bench;

import io.gleaner.profile.RollingRecording;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;

/** A Java agent that switches the product's always-on recording on and off in a running service. */
public final class RecordingAgent {

    static final String ON = "on";
    static final String OFF = "off";

    private static @Nullable RollingRecording recording;

    private RecordingAgent() {}

    /** What the JVM calls whenever it is told to load the agent. */
    public static synchronized void agentmain(String arguments) {
        RollingRecording running = recording;
        if (running != null) {
            running.close();
        }
        recording = arguments.equals(ON) ? RollingRecording.start(new SimpleMeterRegistry()) : null;
    }
}
