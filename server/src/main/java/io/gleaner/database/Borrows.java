package io.gleaner.database;

import com.zaxxer.hikari.HikariDataSource;
import io.gleaner.loop.Loop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has which connection, since when. A connection that is out for too long is suspected of being
 * leaked: its borrower is named in the log with its stack. One that is out for much too long is
 * closed under its borrower, and the pool makes a new one.
 */
final class Borrows implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Borrows.class);
    private static final int STACK_LINES_MAX = 12;

    private final Duration leakAfter;
    private final Duration reclaimAfter;
    private final Set<Borrow> out = ConcurrentHashMap.newKeySet();
    private final Loop watching;
    private final Counter suspected;
    private final Counter recovered;
    private final Counter reclaimed;

    Borrows(Duration leakAfter, Duration reclaimAfter, MeterRegistry metrics) {
        this.leakAfter = leakAfter;
        this.reclaimAfter = reclaimAfter;
        this.suspected =
                Counter.builder("gleaner.db.leaks.suspected")
                        .description("Connections that were out for longer than expected")
                        .register(metrics);
        this.recovered =
                Counter.builder("gleaner.db.leaks.recovered")
                        .description("Of those suspected, connections that came back")
                        .register(metrics);
        this.reclaimed =
                Counter.builder("gleaner.db.leaks.reclaimed")
                        .description(
                                "Connections taken from a borrower that did not give them back")
                        .register(metrics);
        Gauge.builder("gleaner.db.borrow.oldest", this, Borrows::oldestSeconds)
                .baseUnit("seconds")
                .description("Age of the connection that has been out the longest")
                .register(metrics);
        this.watching =
                Loop.every(
                        Duration.ofMillis(leakAfter.toMillis() / 4 + 1),
                        "leak-watch",
                        metrics,
                        () -> out.forEach(this::check));
    }

    /** One connection in somebody's hands, until closed. */
    final class Borrow implements AutoCloseable {
        private final String borrower;
        private final HikariDataSource pool;
        private final Connection connection;
        private final Thread thread = Thread.currentThread();
        private final long since = System.nanoTime();
        private volatile boolean isSuspected;

        private Borrow(String borrower, HikariDataSource pool, Connection connection) {
            this.borrower = borrower;
            this.pool = pool;
            this.connection = connection;
        }

        private Duration age() {
            return Duration.ofNanos(System.nanoTime() - since);
        }

        @Override
        public void close() {
            if (out.remove(this) && isSuspected) {
                recovered.increment();
                LOG.info("{} gave its connection back after {}", borrower, age());
            }
        }
    }

    /**
     * @param borrower what the connection is used for, a name in the code
     */
    Borrow begin(String borrower, HikariDataSource pool, Connection connection) {
        var borrow = new Borrow(borrower, pool, connection);
        out.add(borrow);
        return borrow;
    }

    /** Closes every connection that is out under its borrower: nothing will come of them. */
    void cut() {
        out.forEach(borrow -> borrow.pool.evictConnection(borrow.connection));
    }

    @Override
    public void close() {
        watching.stop();
    }

    private double oldestSeconds() {
        return out.stream().mapToLong(borrow -> borrow.age().toMillis()).max().orElse(0) / 1e3;
    }

    private void check(Borrow borrow) {
        Duration age = borrow.age();
        if (age.compareTo(reclaimAfter) > 0) {
            reclaim(borrow, age);
        } else if (age.compareTo(leakAfter) > 0 && !borrow.isSuspected) {
            borrow.isSuspected = true;
            suspected.increment();
            LOG.warn(
                    "{} has had a connection of {} for {}; it is at\n{}",
                    borrow.borrower,
                    borrow.pool.getPoolName(),
                    age,
                    stack(borrow.thread));
        }
    }

    private void reclaim(Borrow borrow, Duration age) {
        if (out.remove(borrow)) {
            reclaimed.increment();
            LOG.error(
                    "the connection that {} has had for {} is taken away; it is at\n{}",
                    borrow.borrower,
                    age,
                    stack(borrow.thread));
            borrow.pool.evictConnection(borrow.connection);
        }
    }

    private static String stack(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length == 0
                ? "    (its thread has ended)"
                : Arrays.stream(stack)
                        .limit(STACK_LINES_MAX)
                        .map(frame -> "    at " + frame)
                        .collect(Collectors.joining("\n"));
    }
}
