package io.gleaner.app;

import io.gleaner.cli.Main;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The service with a leak: every moment something is kept that nobody will ask for. */
final class LeakyMain {

    private static final Queue<byte[]> KEPT = new ConcurrentLinkedQueue<>();
    private static final int KEPT_BYTES = 32 << 10;

    private LeakyMain() {}

    public static void main(String[] args) {
        var _ =
                Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().factory())
                        .scheduleAtFixedRate(
                                () -> KEPT.add(new byte[KEPT_BYTES]), 0, 50, TimeUnit.MILLISECONDS);
        Main.main(args);
    }
}
