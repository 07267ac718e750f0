package io.gleaner.perf.shapes;

import java.util.concurrent.CountDownLatch;

/** A process that computes on all cores until it is ended. */
public final class Hog {

    static final String READY = "hog is ready";

    private Hog() {}

    public static void main(String[] args) throws InterruptedException {
        for (int core = 0; core < Runtime.getRuntime().availableProcessors(); core++) {
            Thread.ofPlatform().daemon().start(Hog::compute);
        }
        System.out.println(READY);
        System.out.flush();
        new CountDownLatch(1).await();
    }

    private static void compute() {
        while (true) {
            Thread.onSpinWait();
        }
    }
}
