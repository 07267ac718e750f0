package io.gleaner.perf.shapes;

import io.gleaner.perf.process.AgentJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java agent that lets the service it is loaded into lose memory, ten megabytes a second. */
public final class LeakAgent {

    private static final int BYTES = 1024 * 1024;
    private static final long BETWEEN_MS = 100;
    // As many as make a leak plain and let a service of a default heap live on.
    private static final int MOST = 1_500;
    private static final List<byte[]> KEPT = new ArrayList<>();

    private LeakAgent() {}

    /** What the JVM calls before the service's main method. */
    public static void premain(String arguments) {
        Thread.ofPlatform().daemon().name("leak").start(LeakAgent::leak);
    }

    private static void leak() {
        try {
            while (KEPT.size() < MOST) {
                KEPT.add(new byte[BYTES]);
                TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The flag that loads it; writes the jar which that needs. */
    static String flag(Path folder) {
        return "-javaagent:" + AgentJar.write(LeakAgent.class, folder);
    }
}
