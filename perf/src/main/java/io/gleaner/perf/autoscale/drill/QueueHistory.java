package io.gleaner.perf.autoscale.drill;

import io.gleaner.perf.process.BenchException;
import io.gleaner.perf.process.DatabaseAddress;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * When each page came and when it was fetched, as the database has it, in seconds of the policy.
 * The fetch itself counts as waiting: nothing tells when it began.
 */
record QueueHistory(List<Item> items) {

    // A job of the drill is one page.
    private static final String ITEMS =
            """
            SELECT job.created_at, page.fetched_at
            FROM job
            LEFT JOIN page ON page.job_id = job.id
            WHERE job.created_at >= ?
            """;

    /**
     * @param until infinite when it never was fetched
     */
    record Item(double from, double until) {
        double waited() {
            return until - from;
        }
    }

    QueueHistory {
        items = List.copyOf(items);
    }

    /** Of all jobs since the begin of the clock. */
    static QueueHistory read(DatabaseAddress database, FastClock clock, Instant since) {
        var items = new ArrayList<Item>();
        try (var connection = DriverManager.getConnection(database.url());
                var select = connection.prepareStatement(ITEMS)) {
            select.setTimestamp(1, Timestamp.from(since));
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    Timestamp fetched = rows.getTimestamp(2);
                    items.add(
                            new Item(
                                    clock.secondsUntil(rows.getTimestamp(1).toInstant()),
                                    fetched == null
                                            ? Double.POSITIVE_INFINITY
                                            : clock.secondsUntil(fetched.toInstant())));
                }
            }
        } catch (SQLException e) {
            throw new BenchException("the times of the pages cannot be read", e);
        }
        return new QueueHistory(items);
    }

    /** Pages that had come and not been fetched. */
    int backlog(int second) {
        return (int) items.stream().filter(item -> waits(item, second)).count();
    }

    /** Age of the oldest of them. */
    int oldest(int second) {
        return (int)
                items.stream()
                        .filter(item -> waits(item, second))
                        .mapToDouble(item -> second - item.from())
                        .max()
                        .orElse(0);
    }

    private static boolean waits(Item item, int second) {
        return item.from() <= second && item.until() > second;
    }

    /** Pages a second that came around a second, over so many seconds before and after it. */
    double rate(int second, int around) {
        double from = Math.max(0, second - around);
        double until = second + around;
        long came =
                items.stream().filter(item -> item.from() >= from && item.from() < until).count();
        return came / (until - from);
    }

    /** The time that this share of all pages did not exceed, in whole seconds, rounded up. */
    int waitAt(double share) {
        double[] waits = items.stream().mapToDouble(Item::waited).sorted().toArray();
        int rank = Math.max(0, (int) Math.ceil(share * waits.length) - 1);
        return waits.length == 0
                ? 0
                : (int) Math.ceil(Arrays.stream(waits).skip(rank).findFirst().orElse(0));
    }
}
