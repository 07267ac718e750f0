package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
import io.gleaner.job.Tenant;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.statement.StatementContext;

/** Host queues as an operator sees them. */
public final class Hosts {

    /** What {@link #map} reads, of a table or alias {@code host}. */
    static final String COLUMNS =
            "host.name, host.backlog, host.lease_owner, host.not_before, host.failures,"
                    + " host.crawl_delay_ms, host.wait_reason";

    private static final Sql FIND =
            Sql.named("host-find", "SELECT %s FROM host WHERE name = :name".formatted(COLUMNS));

    // The tasks of others are nobody's business, and neither is a host that only others have. Job
    // by
    // job, as others may have millions of tasks at the host.
    private static final Sql FIND_OF =
            Sql.named(
                    "host-find-of",
                    """
                    SELECT %s
                    FROM (
                        SELECT %s
                        FROM host
                        CROSS JOIN LATERAL (
                            SELECT coalesce(sum(its.n), 0)::bigint AS n
                            FROM job
                            CROSS JOIN LATERAL (
                                SELECT count(*) AS n
                                FROM task
                                WHERE task.job_id = job.id AND task.host_id = host.id
                            ) its
                            WHERE job.tenant = :tenant AND job.state = 'RUNNING'
                        ) own
                        WHERE host.name = :name
                    ) host
                    WHERE host.backlog > 0
                    """
                            .formatted(
                                    COLUMNS, COLUMNS.replace("host.backlog", "own.n AS backlog")));

    private final Transactions transactions;

    public Hosts(Transactions transactions) {
        this.transactions = transactions;
    }

    public Optional<HostStatus> find(String name) {
        return transactions.single(
                "host-find",
                handle ->
                        handle.createQuery(FIND.text())
                                .bind("name", name)
                                .map(Hosts::map)
                                .findOne());
    }

    /** A host as one tenant may see it, whose tasks alone are its backlog; none without such. */
    public Optional<HostStatus> find(Tenant tenant, String name) {
        return transactions.single(
                "host-find-of",
                handle ->
                        handle.createQuery(FIND_OF.text())
                                .bind("tenant", tenant.id())
                                .bind("name", name)
                                .map(Hosts::map)
                                .findOne());
    }

    static HostStatus map(ResultSet row, StatementContext context) throws SQLException {
        return new HostStatus(
                row.getString("name"),
                row.getLong("backlog"),
                row.getString("lease_owner"),
                JobRows.instant(row.getTimestamp("not_before")),
                row.getInt("failures"),
                Duration.ofMillis(row.getLong("crawl_delay_ms")),
                row.getString("wait_reason"));
    }
}
