package io.gleaner.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pool of connections, the schema, and the one way to run a transaction. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int VERSION_MIN = 150_000;
    private static final int TRIES_MAX = 5;
    private static final long RETRY_PAUSE_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final HikariDataSource pool;
    private final Jdbi jdbi;

    private Database(HikariDataSource pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool);
        jdbi.registerArrayType(UUID.class, "uuid");
        jdbi.registerArrayType(Long.class, "int8");
        jdbi.registerArrayType(Integer.class, "int4");
        jdbi.registerArrayType(String.class, "text");
    }

    /**
     * Connects, checks the version and brings the schema up to date.
     *
     * @throws StoreException one sentence that names the cause and the cure
     */
    public static Database open(DatabaseConfig config, MeterRegistry metrics) {
        var pool = connect(config, metrics);
        try {
            var database = new Database(pool);
            database.requireVersion();
            Flyway.configure().dataSource(pool).load().migrate();
            return database;
        } catch (FlywayException e) {
            pool.close();
            throw new StoreException(
                    "the schema could not be brought up to date: " + firstLine(e), e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private static HikariDataSource connect(DatabaseConfig config, MeterRegistry metrics) {
        var hikari = new HikariConfig();
        hikari.setPoolName("gleaner");
        hikari.setJdbcUrl(config.jdbcUrl());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(config.poolSize());
        hikari.setConnectionTimeout(config.acquireTimeout().toMillis());
        hikari.setInitializationFailTimeout(config.startTimeout().toMillis());
        hikari.setMetricRegistry(metrics);
        hikari.addDataSourceProperty("ApplicationName", "gleaner");
        hikari.addDataSourceProperty("reWriteBatchedInserts", "true");
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        try {
            return new HikariDataSource(hikari);
        } catch (HikariPool.PoolInitializationException e) {
            throw new StoreException(
                    "no connection to the database at %s within %s (%s): is it running, and are the"
                                    .formatted(
                                            config.jdbcUrl(), config.startTimeout(), firstLine(e))
                            + " address, user and password in GLEANER_DATABASE_URL right?",
                    e);
        }
    }

    private void requireVersion() {
        int version =
                jdbi.withHandle(
                        handle ->
                                handle.createQuery(
                                                "SELECT current_setting('server_version_num')::int")
                                        .mapTo(Integer.class)
                                        .one());
        if (version < VERSION_MIN) {
            throw new StoreException(
                    "PostgreSQL 15 or newer is needed, this one is %d: upgrade it or leave"
                                    .formatted(version / 10_000)
                            + " GLEANER_DATABASE_URL unset to use the embedded one");
        }
    }

    /**
     * Runs one transaction. It is repeated when PostgreSQL broke it up for the sake of another one
     * (deadlock or serialisation failure): then nothing of it happened.
     */
    <T> T transaction(HandleCallback<T, RuntimeException> work) {
        for (int tries = 1; ; tries++) {
            try {
                return jdbi.inTransaction(work);
            } catch (JdbiException e) {
                if (!wasBrokenUp(e) || tries == TRIES_MAX) {
                    throw explained(e);
                }
                LOG.debug("transaction broken up, try {} of {}", tries, TRIES_MAX, e);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(RETRY_PAUSE_MAX_NANOS));
            }
        }
    }

    /** Runs one reading statement on its own. */
    <T> T read(HandleCallback<T, RuntimeException> query) {
        try (Handle handle = jdbi.open()) {
            return query.withHandle(handle);
        } catch (JdbiException e) {
            throw explained(e);
        }
    }

    /** Whether a connection can be had and answers. */
    public boolean answers() {
        try {
            return read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one()) == 1;
        } catch (StoreException e) {
            return false;
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static boolean wasBrokenUp(JdbiException e) {
        String state = sqlState(e);
        return state.equals("40P01") || state.equals("40001");
    }

    private static StoreException explained(JdbiException e) {
        String cause = firstLine(e);
        if (e instanceof ConnectionException || sqlState(e).startsWith("08")) {
            return new StoreException("the database cannot be reached: " + cause, e);
        }
        return switch (sqlState(e)) {
            case "53100" -> new StoreException("the database's disk is full: " + cause, e);
            case "53300" -> new StoreException("the database has no connection left: " + cause, e);
            case "57P01", "57P02", "57P03" ->
                    new StoreException("the database is shutting down or starting: " + cause, e);
            default -> new StoreException("the database refused a statement: " + cause, e);
        };
    }

    private static String sqlState(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return "";
    }

    private static String firstLine(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        return message.lines().findFirst().orElse(root.getClass().getSimpleName());
    }
}
