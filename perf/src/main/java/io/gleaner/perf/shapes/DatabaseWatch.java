package io.gleaner.perf.shapes;

import io.gleaner.perf.process.DatabaseAddress;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at {@code pg_stat_activity} ten times a second and counts what statements wait for, by
 * their names. A count over the looks is the mean number of statements in that state.
 */
final class DatabaseWatch implements AutoCloseable {

    private static final String LOOK =
            """
            SELECT coalesce(wait_event_type, 'CPU') AS waits_for, left(query, 200) AS query
              FROM pg_stat_activity
             WHERE state = 'active' AND backend_type = 'client backend'
               AND datname = current_database() AND pid <> pg_backend_pid()\
            """;
    private static final Pattern NAME = Pattern.compile("/\\* gleaner:([a-z0-9-]+) \\*/");
    private static final long BETWEEN_MS = 100;

    private final DatabaseAddress database;
    private final Thread thread;
    private final Map<Waiting, Long> seen = new HashMap<>();
    private long looks;
    private volatile double lockWaiters;
    private volatile double active;
    private volatile boolean closed;

    /** A statement in a state: {@code Lock}, {@code IO}, {@code LWLock}, {@code CPU} ... */
    record Waiting(String statement, String waitsFor) {}

    private DatabaseWatch(DatabaseAddress database) {
        this.database = database;
        this.thread = Thread.ofPlatform().daemon().name("database-watch").start(this::watch);
    }

    static DatabaseWatch over(DatabaseAddress database) {
        return new DatabaseWatch(database);
    }

    /** At the last look. */
    double lockWaiters() {
        return lockWaiters;
    }

    /** At the last look. */
    double active() {
        return active;
    }

    /** Forgets what was seen. */
    synchronized void reset() {
        seen.clear();
        looks = 0;
    }

    /** Mean number of statements in each state. */
    synchronized Map<Waiting, Double> means() {
        var means = new HashMap<Waiting, Double>();
        seen.forEach((waiting, count) -> means.put(waiting, count / (double) Math.max(1, looks)));
        return means;
    }

    private void watch() {
        while (!closed) {
            try (Connection connection = DriverManager.getConnection(database.url());
                    PreparedStatement look = connection.prepareStatement(LOOK)) {
                while (!closed) {
                    look(look);
                    TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
                }
            } catch (SQLException away) {
                // It is looked at again as soon as it can be reached.
                active = 0;
                lockWaiters = 0;
                pause();
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(BETWEEN_MS);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void look(PreparedStatement look) throws SQLException {
        try (ResultSet rows = look.executeQuery()) {
            int all = 0;
            int locked = 0;
            synchronized (this) {
                while (rows.next()) {
                    String waitsFor = rows.getString("waits_for");
                    seen.merge(new Waiting(name(rows.getString("query")), waitsFor), 1L, Long::sum);
                    all++;
                    locked += waitsFor.equals("Lock") ? 1 : 0;
                }
                looks++;
            }
            active = all;
            lockWaiters = locked;
        }
    }

    private static String name(String query) {
        Matcher matcher = NAME.matcher(query);
        return matcher.find() ? matcher.group(1) : "unnamed";
    }

    @Override
    public void close() {
        closed = true;
        Threads.end(thread);
    }
}
