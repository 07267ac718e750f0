package io.gleaner.perf.bench;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A transaction that stays open for a while and keeps every dead row from being removed. */
final class Pin implements AutoCloseable {

    private final Connection connection;
    private final ScheduledExecutorService timer;

    private Pin(Connection connection, ScheduledExecutorService timer) {
        this.connection = connection;
        this.timer = timer;
    }

    static Pin hold(DatabaseAddress database, Duration time) {
        try {
            Connection connection = DriverManager.getConnection(database.url());
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                // The first statement takes the snapshot that pins.
                statement.execute("SELECT count(*) FROM job");
            }
            var pin = new Pin(connection, Executors.newSingleThreadScheduledExecutor());
            var _ = pin.timer.schedule(pin::end, time.toMillis(), TimeUnit.MILLISECONDS);
            return pin;
        } catch (SQLException e) {
            throw new BenchException("no transaction can be pinned", e);
        }
    }

    private void end() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new BenchException("the pinned transaction did not end", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        end();
    }
}
