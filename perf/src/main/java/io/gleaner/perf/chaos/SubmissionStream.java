package io.gleaner.perf.chaos;

import io.gleaner.perf.chaos.Submitter.Acknowledged;
import io.gleaner.perf.process.BenchException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** Small jobs at random times, each by a client of its own that does not give up. */
public final class SubmissionStream implements AutoCloseable {

    private final Submitter submitter;
    private final double ratePerSecond;
    private final Random random;
    private final IntFunction<List<String>> urls;
    private final Queue<Future<Acknowledged>> sent = new ConcurrentLinkedQueue<>();
    private final ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread thread;
    private volatile boolean ended;

    private SubmissionStream(
            Submitter submitter, double ratePerSecond, long seed, IntFunction<List<String>> urls) {
        this.submitter = submitter;
        this.ratePerSecond = ratePerSecond;
        this.random = new Random(seed);
        this.urls = urls;
        this.thread = Thread.ofVirtual().name("submissions").start(this::send);
    }

    public static SubmissionStream begin(
            Submitter submitter, double ratePerSecond, long seed, IntFunction<List<String>> urls) {
        return new SubmissionStream(submitter, ratePerSecond, seed, urls);
    }

    private void send() {
        for (int n = 0; !ended; n++) {
            double gap = -Math.log(1 - random.nextDouble()) / ratePerSecond;
            LockSupport.parkNanos((long) (gap * TimeUnit.SECONDS.toNanos(1)));
            int job = n;
            sent.add(clients.submit(() -> submitter.urls("small-" + job, urls.apply(job))));
        }
    }

    /** Sends no more and waits until all are acknowledged. */
    public List<Acknowledged> end() throws InterruptedException {
        ended = true;
        thread.join();
        var acknowledged = new ArrayList<Acknowledged>();
        for (Future<Acknowledged> job : sent) {
            try {
                acknowledged.add(job.get());
            } catch (ExecutionException e) {
                throw new BenchException("a submission failed: " + e.getMessage(), e);
            }
        }
        return acknowledged;
    }

    @Override
    public void close() {
        ended = true;
        clients.shutdownNow();
    }
}
