package io.gleaner.perf.process;

import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What must not outlive us. When the bench is interrupted, one shutdown hook ends all of it, the
 * last begun first; after a normal end there is nothing left here.
 */
final class Endings {

    private static final ConcurrentLinkedDeque<Runnable> OPEN = new ConcurrentLinkedDeque<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Endings::endAll, "end-everything"));
    }

    private Endings() {}

    /** Remembers how to end something; hand the same object to {@link #remove} afterwards. */
    static Runnable add(Runnable ending) {
        OPEN.push(ending);
        return ending;
    }

    static void remove(Runnable ending) {
        OPEN.remove(ending);
    }

    private static void endAll() {
        for (Runnable ending = OPEN.poll(); ending != null; ending = OPEN.poll()) {
            try {
                ending.run();
            } catch (RuntimeException e) {
                System.err.println("gleaner bench: could not end everything: " + e.getMessage());
            }
        }
    }
}
