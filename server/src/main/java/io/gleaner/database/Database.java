package io.gleaner.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The database of one process: its schema, and a pool of connections for each kind of user. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final Sql PING = Sql.named("ping", "SELECT 1");
    private static final int VERSION_MIN = 15;
    private static final long CONNECT_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    /** What a living server needs to take a connection and to say one word, and much more. */
    private static final Duration PROBE_MAX = Duration.ofSeconds(2);

    private static final Duration VALIDATION_MAX = Duration.ofSeconds(1);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final Borrows borrows;
    private final Outage outage;
    private final StatementTimes times;
    private final Transactions requests;
    private final Transactions work;
    private final Transactions maintenance;
    private final DatabaseConfig config;
    private final boolean sharesSessions;

    private Database(DatabaseConfig config, boolean sharesSessions, MeterRegistry metrics) {
        this.config = config;
        this.sharesSessions = sharesSessions;
        PoolSizes sizes = PoolSizes.of(config.connections());
        borrows = opened(new Borrows(config.leakAfter(), config.reclaimAfter(), metrics));
        outage = opened(new Outage(this::isThere, InstantSource.system(), metrics));
        AnswerTimes answers = config.answerTimes();
        HikariDataSource chores = pool("maintenance", sizes.maintenance(), answers.work(), metrics);
        var slow = new SlowStatements(this::simple);
        times = new StatementTimes(metrics, config.slowAfter(), slow::say);
        maintenance = transactions(chores);
        work = transactions(pool("work", sizes.work(), answers.work(), metrics));
        requests = transactions(pool("requests", sizes.requests(), answers.request(), metrics));
        outage.effects(this::turned);
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
        boolean sharesSessions = Pooler.sharesSessions(config);
        Migrations.run(config, sharesSessions);
        return new Database(config, sharesSessions, metrics);
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
        return connection("gleaner-dedicated", config.answerTimes().work(), Map.of());
    }

    private Connection simple() throws SQLException {
        return connection(
                "gleaner-plans",
                config.answerTimes().work(),
                Map.of(PGProperty.PREFER_QUERY_MODE, "simple"));
    }

    /**
     * @param answerMax longest wait for each answer; what the URL says itself wins
     */
    private Connection connection(String name, Duration answerMax, Map<PGProperty, String> more)
            throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, config.user());
        PGProperty.PASSWORD.set(properties, config.password());
        PGProperty.APPLICATION_NAME.set(properties, name);
        PGProperty.TCP_KEEP_ALIVE.set(properties, true);
        PGProperty.LOGIN_TIMEOUT.set(properties, seconds(answerMax));
        PGProperty.SOCKET_TIMEOUT.set(properties, seconds(answerMax));
        more.forEach((property, value) -> property.set(properties, value));
        return DriverManager.getConnection(config.jdbcUrl(), properties);
    }

    /** Whether the database takes a connection and answers, or refuses one with a reason. */
    private boolean isThere() {
        try (Connection probe = connection("gleaner-probe", PROBE_MAX, Map.of());
                Statement statement = probe.createStatement()) {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            return !SqlStates.connectionLost(e);
        }
    }

    /**
     * A pool that cannot connect pauses for longer and longer, up to 5 s. So while the database is
     * away none tries, and when it is back the first user has a new connection made at once.
     */
    private void turned(boolean away) {
        for (HikariDataSource pool : pools) {
            pool.getHikariConfigMXBean().setMinimumIdle(away ? 0 : pool.getMaximumPoolSize());
            pool.getHikariPoolMXBean().softEvictConnections();
        }
        if (away) {
            borrows.cut();
        }
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
        // First, so that who still asks is not told that the database is away.
        outage.close();
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
        return new Transactions(pool, times, borrows, outage, config.answerTimes().bulk());
    }

    private HikariDataSource pool(
            String name, int size, Duration answerMax, MeterRegistry metrics) {
        var hikari = new HikariConfig();
        hikari.setPoolName(name);
        hikari.setJdbcUrl(config.jdbcUrl());
        hikari.setUsername(config.user());
        hikari.setPassword(config.password());
        hikari.setMaximumPoolSize(size);
        hikari.setConnectionTimeout(config.acquireTimeout().toMillis());
        hikari.setValidationTimeout(VALIDATION_MAX.toMillis());
        hikari.setInitializationFailTimeout(-1);
        hikari.setMetricRegistry(metrics);
        hikari.addDataSourceProperty("ApplicationName", "gleaner-" + name);
        hikari.addDataSourceProperty("tcpKeepAlive", "true");
        if (sharesSessions) {
            // Neither a statement nor a setting stays where it was made.
            hikari.addDataSourceProperty(PGProperty.PREPARE_THRESHOLD.getName(), "0");
        } else if (!config.jdbcUrl().contains("statement_timeout")) {
            // Not as "options" of the connection: a pooler refuses those.
            hikari.setConnectionInitSql(
                    "SET statement_timeout = %d".formatted(answerMax.toMillis()));
        }
        hikari.addDataSourceProperty(
                "socketTimeout", String.valueOf(seconds(answerMax.plus(AnswerTimes.GRACE))));
        var pool = opened(new HikariDataSource(hikari));
        pools.add(pool);
        return pool;
    }

    /** Rounded up. */
    private static int seconds(Duration time) {
        return Math.toIntExact(time.plusMillis(999).toSeconds());
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
                            config.address(),
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
                                        config.address(),
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
}
