package io.gleaner.cli.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * SIGINT, SIGTERM and SIGHUP: the first asks the command to stop cleanly, a second one ends the
 * process at once.
 *
 * <p>A shutdown hook could not do that: while hooks run, the JVM ignores further signals.
 */
public final class StopSignals {

    private final CountDownLatch requested = new CountDownLatch(1);
    private final AtomicReference<@Nullable Kind> first = new AtomicReference<>();
    private final Runnable onStop;

    private StopSignals(Runnable onStop) {
        this.onStop = onStop;
    }

    /** With the exit code that a shell expects of a process that the signal ended. */
    enum Kind {
        HUP(129),
        INT(130),
        TERM(143);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }
    }

    /** Listens from now on; {@code onStop} runs once, on a thread of its own. */
    public static StopSignals listen(Runnable onStop) {
        var signals = new StopSignals(onStop);
        for (Kind kind : Kind.values()) {
            OsSignals.handle(kind.name(), () -> signals.received(kind));
        }
        return signals;
    }

    private void received(Kind kind) {
        if (!first.compareAndSet(null, kind)) {
            Runtime.getRuntime().halt(kind.exitCode);
        }
        requested.countDown();
        onStop.run();
    }

    public boolean requested() {
        return requested.getCount() == 0;
    }

    public void await() throws InterruptedException {
        requested.await();
    }

    /** 130 after Ctrl-C; 0 while no signal came. */
    public int exitCode() {
        Kind kind = first.get();
        return kind == null ? ExitCodes.OK : kind.exitCode;
    }
}
