package io.gleaner.database;

import com.zaxxer.hikari.HikariDataSource;
import io.gleaner.database.Borrows.Borrow;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pool of connections and the only ways to use it. Every use has a name, borrows one connection
 * and gives it back on every path.
 *
 * <p>What PostgreSQL undid for the sake of another transaction is repeated, after a jittered pause.
 * After a lost connection nobody knows whether the work took effect, so only work that is harmless
 * when it happens twice is repeated then. Nothing is repeated that has waited for its whole {@link
 * AnswerTimes answer time}.
 */
public final class Transactions {

    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final Sql PATIENCE =
            Sql.named("answer-time", "SELECT set_config('statement_timeout', :millis, true)");
    private static final int TRIES_MAX = 5;
    private static final long PAUSE_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Borrows borrows;
    private final Outage outage;
    private final Duration bulk;

    /**
     * @param bulk longest wait for one answer in {@link #runBulk}
     */
    Transactions(
            HikariDataSource pool,
            StatementTimes times,
            Borrows borrows,
            Outage outage,
            Duration bulk) {
        this.pool = pool;
        this.borrows = borrows;
        this.outage = outage;
        this.bulk = bulk;
        this.jdbi = Jdbi.create(pool).setSqlLogger(times);
        jdbi.registerArrayType(UUID.class, "uuid");
        jdbi.registerArrayType(Long.class, "int8");
        jdbi.registerArrayType(Integer.class, "int4");
        jdbi.registerArrayType(String.class, "text");
        jdbi.registerArrayType(Boolean.class, "bool");
        jdbi.registerArrayType(byte[].class, "bytea");
    }

    /**
     * For those who would queue for a transaction of others.
     *
     * @throws DatabaseException at once when the database is known to be away
     */
    public void requireDatabase() {
        outage.check();
    }

    /**
     * Runs one transaction.
     *
     * @param name what it is for, a name in the code
     * @throws DatabaseException one sentence with the cause; nothing happened, unless the
     *     connection was lost: then it is not known
     */
    public <T> T run(String name, HandleCallback<T, RuntimeException> work) {
        return repeat(name, handle -> handle.inTransaction(work), SqlStates::brokenUp);
    }

    /** As {@link #run}, for work that changes nothing when it has happened already. */
    public <T> T runRepeatable(String name, HandleCallback<T, RuntimeException> work) {
        return repeat(
                name,
                handle -> handle.inTransaction(work),
                e -> SqlStates.brokenUp(e) || SqlStates.connectionLost(e));
    }

    /**
     * As {@link #runRepeatable}, for uploads and for chores over whole tables: statements may take
     * minutes. An outage of the database ends it as quickly as any other.
     */
    public <T> T runBulk(String name, HandleCallback<T, RuntimeException> work) {
        return runRepeatable(
                name,
                handle -> {
                    patient(handle);
                    return work.withHandle(handle);
                });
    }

    /** For the rest of the transaction; the pool sets the connection back to its own time. */
    private void patient(Handle handle) {
        handle.createQuery(PATIENCE.text())
                .bind("millis", String.valueOf(bulk.toMillis()))
                .mapTo(String.class)
                .one();
        try {
            handle.getConnection()
                    .setNetworkTimeout(
                            Runnable::run,
                            Math.toIntExact(bulk.plus(AnswerTimes.GRACE).toMillis()));
        } catch (SQLException e) {
            throw new ConnectionException(e);
        }
    }

    /** Runs one statement on its own, one that is harmless when repeated. */
    public <T> T single(String name, HandleCallback<T, RuntimeException> statement) {
        return repeat(name, statement, e -> SqlStates.brokenUp(e) || SqlStates.connectionLost(e));
    }

    private <T> T repeat(
            String name,
            HandleCallback<T, RuntimeException> work,
            Predicate<JdbiException> repeatable) {
        for (int tries = 1; ; tries++) {
            try {
                return once(name, work);
            } catch (JdbiException e) {
                if (tries == TRIES_MAX
                        || outage.isOn()
                        || e instanceof ConnectionException
                        || SqlStates.unanswered(e)
                        || !repeatable.test(e)) {
                    throw outage.isClosed() ? Outage.closed() : SqlStates.explained(e);
                }
                LOG.debug("{}: try {} of {} failed", name, tries, TRIES_MAX, e);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(PAUSE_MAX_NANOS));
            }
        }
    }

    private <T> T once(String name, HandleCallback<T, RuntimeException> work) {
        outage.check();
        try (Handle handle = jdbi.open();
                Borrow _ = borrows.begin(name, pool, handle.getConnection())) {
            return work.withHandle(handle);
        } catch (JdbiException e) {
            if (SqlStates.connectionLost(e)) {
                lost(name, e);
            }
            throw e;
        }
    }

    /**
     * Who loses a connection has the idle ones thrown away, for they are likely lost too, and has
     * it found out whether the database is away.
     */
    private void lost(String name, JdbiException cause) {
        if (!(cause instanceof ConnectionException)) {
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        outage.suspected(name, cause);
    }
}
