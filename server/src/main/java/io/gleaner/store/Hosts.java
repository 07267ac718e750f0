package io.gleaner.store;

import io.gleaner.database.Sql;
import io.gleaner.database.Transactions;
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
