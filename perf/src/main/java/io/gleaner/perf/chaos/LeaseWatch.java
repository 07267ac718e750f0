package io.gleaner.perf.chaos;

import io.gleaner.perf.process.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Looks every 50 ms who holds host queues, and so sees when those of a dead worker are free. */
public final class LeaseWatch implements AutoCloseable {

    private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final String LEASES =
            "SELECT lease_owner::text, count(*) FROM host WHERE lease_owner IS NOT NULL GROUP BY 1";

    /** A worker that ended. */
    public static final class Death {
        private final String worker;
        private final boolean killed;
        private final long at = System.nanoTime();
        private volatile long held = -1;
        private volatile long freedAt;

        Death(String worker, boolean killed) {
            this.worker = worker;
            this.killed = killed;
        }

        boolean killed() {
            return killed;
        }

        long at() {
            return at;
        }

        /** Queues in its name at the first look after its end. */
        long held() {
            return held;
        }

        /** When none was any more; 0 if that was not seen. */
        long freedAt() {
            return freedAt;
        }
    }

    private final DatabaseAddress database;
    private final List<Death> deaths = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean closed;

    private LeaseWatch(DatabaseAddress database) {
        this.database = database;
        this.thread = Thread.ofVirtual().name("lease-watch").start(this::watch);
    }

    public static LeaseWatch over(DatabaseAddress database) {
        return new LeaseWatch(database);
    }

    public void died(String worker, boolean killed) {
        deaths.add(new Death(worker, killed));
    }

    public List<Death> deaths() {
        return List.copyOf(deaths);
    }

    /** Who holds this host's queue now. */
    static Optional<String> owner(Connection connection, String host) throws SQLException {
        try (var select =
                connection.prepareStatement(
                        "SELECT lease_owner::text FROM host WHERE name LIKE ? || '%'")) {
            select.setString(1, host);
            try (var row = select.executeQuery()) {
                return row.next() ? Optional.ofNullable(row.getString(1)) : Optional.empty();
            }
        }
    }

    private void watch() {
        while (!closed) {
            try (Connection connection = DriverManager.getConnection(database.url())) {
                while (!closed) {
                    look(connection);
                    LockSupport.parkNanos(EVERY_NANOS);
                }
            } catch (SQLException e) {
                // The database is away, which is part of the plan, or has no tables yet.
                LockSupport.parkNanos(EVERY_NANOS);
            }
        }
    }

    private void look(Connection connection) throws SQLException {
        List<Death> before = deaths();
        Map<String, Long> leases = new HashMap<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(LEASES)) {
            while (rows.next()) {
                leases.put(rows.getString(1), rows.getLong(2));
            }
        }
        long now = System.nanoTime();
        for (Death death : before) {
            long held = leases.getOrDefault(death.worker, 0L);
            if (death.held < 0) {
                death.held = held;
            }
            if (held == 0 && death.freedAt == 0) {
                death.freedAt = now;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
