package io.gleaner.postgres;

import static io.gleaner.postgres.EmbeddedPostgresLab.config;
import static io.gleaner.postgres.EmbeddedPostgresLab.execute;
import static io.gleaner.postgres.EmbeddedPostgresLab.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.security.auth.module.UnixSystem;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
final class EmbeddedPostgresIT {

    private static final int NOBODY = 65534;

    @AutoClose private final EmbeddedPostgresLab lab = new EmbeddedPostgresLab();

    @Test
    void dataOutlivesARestartWhateverTheFolderIsCalled() throws Exception {
        Path folder = lab.newFolder(writable("Größe 'n \"$HOME\" `x` ünd 数"));

        EmbeddedPostgres first = EmbeddedPostgres.start(config(folder));
        execute(first, "CREATE TABLE kept AS SELECT 'wörd' AS word");
        first.close();
        first.close();
        assertThatThrownBy(() -> query(first, "SELECT 1")).isInstanceOf(SQLException.class);

        try (EmbeddedPostgres second = EmbeddedPostgres.start(config(folder))) {
            assertThat(query(second, "SELECT word FROM kept")).isEqualTo("wörd");
        }
    }

    @Test
    void theServerIsSafeAndClosedToOthers() throws Exception {
        Path folder = lab.folderWithDatabase();
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(folder))) {
            assertThat(query(postgres, "SHOW server_version")).isEqualTo(PostgresPlatform.VERSION);
            assertThat(query(postgres, "SHOW data_checksums")).isEqualTo("on");
            assertThat(query(postgres, "SHOW server_encoding")).isEqualTo("UTF8");
            assertThat(query(postgres, "SHOW synchronous_commit")).isEqualTo("on");
            assertThat(query(postgres, "SHOW shared_preload_libraries"))
                    .isEqualTo("pg_stat_statements");
            assertThat(query(postgres, "SHOW shared_buffers")).isEqualTo("16MB");

            assertThat(query(postgres, "SHOW listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(postgres, "SHOW unix_socket_directories")).isEmpty();
            Path password = folder.resolve("postgres/18/gleaner.password");
            assertThat(Files.readString(password)).isEqualTo(postgres.password());
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(password)))
                    .isEqualTo("rw-------");
            assertThatThrownBy(
                            () ->
                                    DriverManager.getConnection(
                                            postgres.jdbcUrl(), postgres.user(), "guessed"))
                    .hasMessageContaining("password authentication failed");

            // A Ctrl-C in the terminal goes to a whole process group. Ours has to finish before
            // the database does, so the database has a group of its own.
            String pid = String.valueOf(EmbeddedPostgresLab.pidFile(folder).pid());
            PostgresCommand group =
                    PostgresCommand.run(
                            List.of("ps", "-o", "pgid=", "-p", pid),
                            folder,
                            Duration.ofSeconds(10));
            assertThat(group.output().strip()).isEqualTo(pid);
        }
    }

    @Test
    void everyTestDatabaseIsNewAndEmpty() throws Exception {
        TestDatabase.Access first = TestDatabase.shared().fresh();
        TestDatabase.Access second = TestDatabase.shared().fresh();

        try (Connection connection = first.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (id int)");
        }
        try (Connection connection = second.connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('t') IS NULL")) {
            assertThat(row.next()).isTrue();
            assertThat(row.getBoolean(1)).isTrue();
        }
    }

    @Test
    void rootServesAFolderAsItsOwner() throws Exception {
        assumeThat(new UnixSystem().getUid()).as("only root can become its owner").isZero();
        Path folder = lab.folderWithDatabase();
        Files.setPosixFilePermissions(
                folder.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
        new PostgresAccount(List.of(), OptionalInt.of(NOBODY)).own(folder);

        try (EmbeddedPostgres again =
                EmbeddedPostgres.start(
                        config(folder, Duration.ofMinutes(1), Map.of("work_mem", "1MB")))) {
            assertThat(query(again, "SHOW work_mem")).isEqualTo("1MB");
        }
        assertThat(Files.getAttribute(folder.resolve("postgres/18/base"), "unix:uid"))
                .isEqualTo(NOBODY);
    }

    /** As much of a name as the locale of this JVM can put into a path. */
    private static String writable(String name) {
        var encoder = Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder();
        StringBuilder encodable = new StringBuilder();
        name.codePoints()
                .filter(c -> encoder.canEncode(Character.toString(c)))
                .forEach(encodable::appendCodePoint);
        return encodable.toString();
    }
}
