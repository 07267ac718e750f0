package io.gleaner.perf.chaos;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import io.gleaner.perf.process.Site;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Kills each worker that asks for the poison page, so that the page is its death. */
final class PoisonHunt implements AutoCloseable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Site site;
    private final DatabaseAddress database;
    private final Fleet fleet;
    private final AtomicInteger deaths = new AtomicInteger();
    private final Thread thread;
    private volatile boolean closed;

    private PoisonHunt(Site site, DatabaseAddress database, Fleet fleet) {
        this.site = site;
        this.database = database;
        this.fleet = fleet;
        this.thread = Thread.ofVirtual().name("poison-hunt").start(this::hunt);
    }

    static PoisonHunt begin(Site site, DatabaseAddress database, Fleet fleet) {
        return new PoisonHunt(site, database, fleet);
    }

    /** Workers killed for it. */
    int deaths() {
        return deaths.get();
    }

    private void hunt() {
        while (!closed) {
            try {
                if (site.held() > 0) {
                    killOwner();
                }
            } catch (SQLException | BenchException e) {
                // The database is away, or the site is too busy to say: the page is held on.
                LockSupport.parkNanos(EVERY_NANOS);
            }
            LockSupport.parkNanos(EVERY_NANOS);
        }
    }

    private void killOwner() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url())) {
            LeaseWatch.owner(connection, site.holdUrl().getAuthority())
                    .filter(fleet::killWorker)
                    .ifPresent(killed -> deaths.incrementAndGet());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchException("interrupted", e);
        }
    }
}
