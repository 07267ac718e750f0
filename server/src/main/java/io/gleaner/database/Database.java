package io.gleaner.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database of one process: its schema, and a pool of connections for each kind of user. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Sql PING = Sql.named("ping", "SELECT 1");
    private static final int VERSION_MIN = 15;
    private static final long CONNECT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Borrows borrows;
    private final StatementTimes times;
    private final Transactions requests;
    private final Transactions work;
    private final Transactions maintenance;
    private final DatabaseConfig config;

    private Database(DatabaseConfig config, MeterRegistry metrics) {
        this.config = config;
        PoolSizes sizes = PoolSizes.of(config.connections());
        borrows = opened(new Borrows(config.leakAfter(), config.reclaimAfter(), metrics));
        HikariDataSource chores = pool("maintenance", sizes.maintenance(), metrics);
        var slow = new SlowStatements(this::simple);
        times = new StatementTimes(metrics, config.slowAfter(), slow::say);
        maintenance = transactions(chores);
        work = transactions(pool("work", sizes.work(), metrics));
        requests = transactions(pool("requests", sizes.requests(), metrics));
    }

    /**
     * Waits until the database answers, checks its version and brings the schema up to date.
     *
     * @throws DatabaseException one sentence that names the cause and the cure
     */
    public static Database open(DatabaseConfig config, MeterRegistry metrics) {
        try (Connection connection = connect(config)) {
            requireVersion(connection);
        } catch (SQLException e) {
            throw SqlStates.explained(e);
        }
        migrate(config);
        return new Database(config, metrics);
    }

    /** What HTTP handlers and commands use. */
    public Transactions requests() {
        return requests;
    }

    /** What workers lease and settle with. */
    public Transactions work() {
        return work;
    }

    /** Heartbeats, rescue and other chores. */
    public Transactions maintenance() {
        return maintenance;
    }

    /** A connection of its own, outside the pools, which the caller closes. */
    public Connection dedicated() throws SQLException {
        return DriverManager.getConnection(config.jdbcUrl(), config.user(), config.password());
    }

    private Connection simple() throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, config.user());
        PGProperty.PASSWORD.set(properties, config.password());
        PGProperty.PREFER_QUERY_MODE.set(properties, "simple");
        PGProperty.APPLICATION_NAME.set(properties, "gleaner-plans");
        return DriverManager.getConnection(config.jdbcUrl(), properties);
    }

    /** Whether a connection can be had and answers. */
    public boolean answers() {
        try {
            return requests.single(
                            "ping",
                            handle -> handle.createQuery(PING.text()).mapTo(Integer.class).one())
                    == 1;
        } catch (DatabaseException e) {
            return false;
        }
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                LOG.warn("could not close a part of the database", e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.push(part);
        return part;
    }

    private Transactions transactions(HikariDataSource pool) {
        return new Transactions(pool, times, borrows, new Outage(InstantSource.system()));
    }

    private HikariDataSource pool(String name, int size, MeterRegistry metrics) {
        var hikari = new HikariConfig();
        hikari.setPoolName(name);
        hikari.setJdbcUrl(config.jdbcUrl());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(size);
        hikari.setConnectionTimeout(config.acquireTimeout().toMillis());
        hikari.setInitializationFailTimeout(-1);
        hikari.setMetricRegistry(metrics);
        hikari.addDataSourceProperty("ApplicationName", "gleaner-" + name);
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        return opened(new HikariDataSource(hikari));
    }

    private static Connection connect(DatabaseConfig config) {
        Instant deadline = Instant.now().plus(config.startTimeout());
        boolean said = false;
        while (true) {
            try {
                return DriverManager.getConnection(
                        config.jdbcUrl(), config.user(), config.password());
            } catch (SQLException e) {
                if (!SqlStates.connectionLost(e) || Instant.now().isAfter(deadline)) {
                    throw noConnection(config, e);
                }
                if (!said) {
                    LOG.info(
                            "waiting up to {} for the database at {}: {}",
                            config.startTimeout(),
                            config.jdbcUrl(),
                            SqlStates.firstLine(e));
                    said = true;
                }
                LockSupport.parkNanos(CONNECT_AGAIN_NANOS);
            }
        }
    }

    private static DatabaseException noConnection(DatabaseConfig config, SQLException e) {
        return new DatabaseException(
                "no connection to the database at %s within %s (%s): is it running, and are the"
                                .formatted(
                                        config.jdbcUrl(),
                                        config.startTimeout(),
                                        SqlStates.firstLine(e))
                        + " address, user and password in GLEANER_DATABASE_URL right?",
                e);
    }

    private static void requireVersion(Connection connection) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < VERSION_MIN) {
            throw new DatabaseException(
                    "PostgreSQL %d or newer is needed, this one is %d: upgrade it or leave"
                                    .formatted(VERSION_MIN, version)
                            + " GLEANER_DATABASE_URL unset to use the embedded one");
        }
    }

    private static void migrate(DatabaseConfig config) {
        try {
            Flyway.configure()
                    .dataSource(config.jdbcUrl(), config.user(), config.password())
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "the schema could not be brought up to date: " + SqlStates.firstLine(e), e);
        }
    }
}
