package io.gleaner.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.postgresql.PGProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between us and PostgreSQL. A pooler that gives each transaction whichever session is
 * free (PgBouncer in transaction mode) keeps neither prepared statements nor settings for us.
 */
final class Pooler {

    private static final Logger LOG = LoggerFactory.getLogger(Pooler.class);
    private static final int ROUNDS = 5;
    private static final int SECONDS_MAX = 5;

    private Pooler() {}

    /**
     * Whether two connections of ours may be one session of the server's. By asking both who serves
     * them, in turn; a second connection that is not to be had shares nothing.
     */
    static boolean sharesSessions(DatabaseConfig config) {
        try (Connection one = connect(config);
                Connection other = connect(config)) {
            int mine = backend(one);
            for (int round = 0; round < ROUNDS; round++) {
                int others = backend(other);
                int again = backend(one);
                if (others == mine || again != mine) {
                    LOG.info(
                            "a pooler that shares sessions stands before the database: statements"
                                    + " are prepared each time, and messages of other processes are"
                                    + " not heard");
                    return true;
                }
            }
        } catch (SQLException e) {
            LOG.debug("whether sessions are shared is not known", e);
        }
        return false;
    }

    private static Connection connect(DatabaseConfig config) throws SQLException {
        var properties = new Properties();
        PGProperty.USER.set(properties, config.user());
        PGProperty.PASSWORD.set(properties, config.password());
        PGProperty.LOGIN_TIMEOUT.set(properties, SECONDS_MAX);
        PGProperty.SOCKET_TIMEOUT.set(properties, SECONDS_MAX);
        PGProperty.PREPARE_THRESHOLD.set(properties, 0);
        return DriverManager.getConnection(config.jdbcUrl(), properties);
    }

    private static int backend(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
