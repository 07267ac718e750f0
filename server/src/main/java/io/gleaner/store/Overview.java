package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** What an operator looks at first: who works, and which hosts have the most waiting. */
public final class Overview {

    /** Most hosts and workers that are told of. */
    public static final int LISTED_MAX = 200;

    private static final Sql WORKERS =
            Sql.named(
                    "overview-workers",
                    """
                    SELECT id, started_at, heartbeat_at,
                           (SELECT count(*) FROM host WHERE lease_owner = worker.id) AS hosts
                    FROM worker
                    ORDER BY started_at
                    LIMIT :limit
                    """);

    // Read whole: the backlogs of all hosts change all the time, and an index of them would have to
    // follow with every page. Ten thousand hosts take some milliseconds, and only operators ask.
    private static final Sql HOSTS =
            Sql.named(
                    "overview-hosts",
                    """
                    SELECT %s
                    FROM host
                    WHERE backlog > 0
                    ORDER BY backlog DESC
                    LIMIT :limit
                    """
                            .formatted(Hosts.COLUMNS));

    private final Transactions transactions;

    public Overview(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A process that works.
     *
     * @param hosts host queues in its hands
     */
    public record WorkerStatus(UUID id, Instant startedAt, Instant heartbeatAt, long hosts) {}

    /** Those that work, the oldest first. */
    public List<WorkerStatus> workers() {
        return transactions.single(
                "overview-workers",
                handle ->
                        handle.createQuery(WORKERS.text())
                                .bind("limit", LISTED_MAX)
                                .map(
                                        (row, context) ->
                                                new WorkerStatus(
                                                        row.getObject("id", UUID.class),
                                                        at(row.getTimestamp("started_at")),
                                                        at(row.getTimestamp("heartbeat_at")),
                                                        row.getLong("hosts")))
                                .list());
    }

    /** The host queues with the most tasks. */
    public List<HostStatus> hosts() {
        return transactions.single(
                "overview-hosts",
                handle ->
                        handle.createQuery(HOSTS.text())
                                .bind("limit", LISTED_MAX)
                                .map(Hosts::map)
                                .list());
    }

    private static Instant at(java.sql.Timestamp time) {
        return Objects.requireNonNull(JobRows.instant(time));
    }
}
