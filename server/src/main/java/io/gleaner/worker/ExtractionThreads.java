package io.gleaner.worker;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/**
 * One platform thread for each core, for what takes the CPU for milliseconds at a time. On the
 * carriers of the virtual threads it would hold up everybody who only has a few bytes to pass on:
 * requests, fetches, settles.
 */
public final class ExtractionThreads implements AutoCloseable {

    private final ExecutorService threads =
            Executors.newFixedThreadPool(
                    Runtime.getRuntime().availableProcessors(),
                    Thread.ofPlatform().daemon().name("extract-", 0).factory());

    /**
     * Does the work in one of the threads and waits for it.
     *
     * @throws InterruptedException when the caller is interrupted; work that has begun goes on
     */
    <T> T call(Supplier<T> work) throws InterruptedException {
        Future<T> result = threads.submit(work::get);
        try {
            return result.get();
        } catch (InterruptedException e) {
            result.cancel(false);
            throw e;
        } catch (ExecutionException e) {
            switch (requireNonNull(e.getCause())) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case Throwable cause -> throw new IllegalStateException(cause);
            }
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
