package io.gleaner.perf.shapes;

/** Threads that run beside a run. */
final class Threads {

    private Threads() {}

    /** Interrupts it and waits for its end; who is interrupted meanwhile stays so. */
    static void end(Thread thread) {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
