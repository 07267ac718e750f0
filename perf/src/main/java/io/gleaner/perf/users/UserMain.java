package io.gleaner.perf.users;

import io.gatling.app.Gatling;
import io.gleaner.perf.process.Interrupts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The users' process: {@code PLAN RESULTS STOP}, three paths. Gatling writes its log under RESULTS;
 * when a file STOP appears, nobody arrives any more and the run ends.
 */
public final class UserMain {

    /** What it prints before the first user arrives. */
    public static final String READY = "users are ready";

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final AtomicBoolean STOPPED = new AtomicBoolean();

    private UserMain() {}

    public static void main(String[] args) {
        System.setProperty(UserPlan.PROPERTY, args[0]);
        System.setProperty("gatling.data.enableAnalytics", "false");
        Interrupts.ignore();
        Path stop = Path.of(args[2]);
        Thread.ofPlatform().daemon().name("stop").start(() -> await(stop));
        System.out.println(READY);
        System.out.flush();
        Gatling.main(
                new String[] {
                    "--no-reports",
                    "--results-folder",
                    args[1],
                    "--simulation",
                    UserSimulation.class.getName()
                });
    }

    static boolean stopped() {
        return STOPPED.get();
    }

    private static void await(Path stop) {
        try {
            while (!Files.exists(stop)) {
                Thread.sleep(LOOK);
            }
            STOPPED.set(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
