package io.gleaner.perf.cli;

import io.gleaner.perf.process.Interrupts;
import java.util.concurrent.atomic.AtomicBoolean;

/** What Ctrl-C does when a run is to end with a report. */
final class CtrlC {

    private static final int SIGINT = 130;

    private CtrlC() {}

    /** The first one runs this; the second ends everything. */
    static void first(Runnable action) {
        var before = new AtomicBoolean();
        Interrupts.handle(
                () -> {
                    if (before.getAndSet(true)) {
                        System.exit(SIGINT);
                    }
                    action.run();
                });
    }
}
