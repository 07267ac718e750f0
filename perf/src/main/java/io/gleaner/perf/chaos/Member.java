package io.gleaner.perf.chaos;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.Service;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A process of the service that is started again whenever it has ended. */
public final class Member implements AutoCloseable {

    private static final int STARTS_MAX = 20;

    /** One life of it. */
    record Life(Service service, String worker) {}

    private final String name;
    private final Callable<Service> program;
    private final AtomicInteger failedStarts = new AtomicInteger();
    private volatile @Nullable Life life;
    private volatile boolean closed;

    Member(String name, Callable<Service> program) {
        this.name = name;
        this.program = program;
    }

    String name() {
        return name;
    }

    /** Empty while it is being started again. */
    Optional<Life> life() {
        return Optional.ofNullable(life);
    }

    /** Starts that failed: the database was away for longer than the process waits, or went. */
    int failedStarts() {
        return failedStarts.get();
    }

    void start() {
        for (int tries = 1; !closed; tries++) {
            try {
                Service service = program.call();
                life = new Life(service, service.worker());
                return;
            } catch (BenchException e) {
                failedStarts.incrementAndGet();
                if (tries == STARTS_MAX) {
                    throw e;
                }
            } catch (Exception e) {
                throw new BenchException(name + " cannot be started", e);
            }
        }
    }

    /** Takes its life, if it has one now; whoever got it ends it and starts another. */
    synchronized Optional<Life> take() {
        Optional<Life> taken = life();
        life = null;
        return taken;
    }

    @Override
    public void close() {
        closed = true;
        take().ifPresent(taken -> taken.service().close());
    }
}
