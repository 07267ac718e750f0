package io.gleaner.store;

import java.time.Duration;

/**
 * Where the database is and how many connections to keep.
 *
 * @param jdbcUrl {@code jdbc:postgresql://...}
 * @param poolSize connections, idle ones included
 * @param acquireTimeout longest wait for a free connection
 * @param startTimeout longest wait for the database at start-up
 * @param backlogMax queued tasks over which submissions are refused
 */
public record DatabaseConfig(
        String jdbcUrl,
        String user,
        String password,
        int poolSize,
        Duration acquireTimeout,
        Duration startTimeout,
        long backlogMax) {

    public static final int POOL_SIZE_DEFAULT = 10;
    public static final long BACKLOG_MAX_DEFAULT = 20_000_000;

    public DatabaseConfig {
        if (poolSize < 2) {
            throw new IllegalArgumentException("poolSize must be at least 2: " + poolSize);
        }
    }

    /** Ten connections, 10 s to get one, 30 s to start. */
    public static DatabaseConfig of(String jdbcUrl, String user, String password) {
        return new DatabaseConfig(
                jdbcUrl,
                user,
                password,
                POOL_SIZE_DEFAULT,
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                BACKLOG_MAX_DEFAULT);
    }

    @Override
    public String toString() {
        return "DatabaseConfig[" + jdbcUrl + ", poolSize=" + poolSize + "]";
    }
}
