package io.gleaner.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.gleaner.postgres.EmbeddedPostgres;
import io.gleaner.postgres.EmbeddedPostgresConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server of our own that is killed, frozen and damaged. */
final class DatabaseWatchIT {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir private Path folder;

    private final List<String> lost = new CopyOnWriteArrayList<>();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private EmbeddedPostgres database;

    @BeforeEach
    void start() throws SQLException {
        database =
                EmbeddedPostgres.start(
                        new EmbeddedPostgresConfig(
                                folder.resolve("data"),
                                Duration.ofMinutes(1),
                                Map.of("fsync", "off", "shared_buffers", "16MB")));
        execute("CREATE TABLE kept AS SELECT 7 AS n");
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private DatabaseWatch watch(Duration startFor) {
        return DatabaseWatch.start(
                database, new DatabaseWatch.Patience(2, startFor), metrics, lost::add);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                database.jdbcUrl() + "&connectTimeout=2&socketTimeout=2",
                database.user(),
                database.password());
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean serves() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT n FROM kept")) {
            return row.next() && row.getInt(1) == 7;
        } catch (SQLException e) {
            return false;
        }
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(cluster().resolve("postmaster.pid")).getFirst().strip());
    }

    private Path cluster() {
        return folder.resolve("data/postgres/18");
    }

    private void signal(String name) throws Exception {
        String pid = String.valueOf(postmaster());
        assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
    }

    private double restarts() {
        return metrics.get("gleaner.db.restarts").counter().count();
    }

    @Test
    void aServerThatWasKilledIsStartedAgainOnTheSamePort() throws Exception {
        String url = database.jdbcUrl();
        try (var _ = watch(LONG)) {
            for (int time = 1; time <= 2; time++) {
                signal("KILL");
                int expected = time;
                await().atMost(LONG).until(() -> restarts() == expected && serves());
            }
        }
        assertThat(database.jdbcUrl()).isEqualTo(url);
        assertThat(lost).isEmpty();
    }

    @Test
    void aServerThatIsFrozenIsReplaced() throws Exception {
        long frozen = postmaster();
        try (var _ = watch(LONG)) {
            signal("STOP");
            await().atMost(LONG).until(() -> restarts() == 1 && serves());
        }
        assertThat(postmaster()).isNotEqualTo(frozen);
        assertThat(lost).isEmpty();
    }

    @Test
    void oneThatCannotBeStartedIsToldInOneSentenceOnceThePatienceIsOver() throws Exception {
        Path control = cluster().resolve("global/pg_control");
        byte[] good = Files.readAllBytes(control);
        try (var _ = watch(Duration.ZERO)) {
            Files.write(control, new byte[] {1, 2, 3});
            signal("KILL");
            await().atMost(LONG).until(() -> !lost.isEmpty());
            assertThat(lost.getFirst()).contains("is damaged").endsWith(".").doesNotContain("\n");
            assertThat(restarts()).isZero();

            Files.write(control, good);
            await().atMost(LONG).until(() -> restarts() == 1 && serves());
        }
    }
}
