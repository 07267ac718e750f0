package io.gleaner.postgres;

import static io.gleaner.postgres.EmbeddedPostgresLab.awaitLine;
import static io.gleaner.postgres.EmbeddedPostgresLab.config;
import static io.gleaner.postgres.EmbeddedPostgresLab.query;
import static io.gleaner.postgres.EmbeddedPostgresLab.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every start that cannot be: one sentence, and nothing damaged. */
@Timeout(300)
final class EmbeddedPostgresRefusalIT {

    /** Where in pg_control the place of the last checkpoint is. */
    private static final int PG_CONTROL_CHECKPOINT = 32;

    @AutoClose private final EmbeddedPostgresLab lab = new EmbeddedPostgresLab();

    @Test
    void aSecondProcessIsToldWhoHoldsTheFolder() throws Exception {
        Path folder = lab.folderWithDatabase();
        String self =
                "in use by another Gleaner (process %d)".formatted(ProcessHandle.current().pid());

        try (EmbeddedPostgres first = EmbeddedPostgres.start(config(folder))) {
            assertRefused(config(folder)).hasMessageContaining(self);
            // The refusal above must not have let go of the lock.
            assertThat(awaitLine(lab.child(folder.toString()), "REFUSED")).contains(self);
            assertThat(query(first, "SELECT 1")).isEqualTo("1");
        }
    }

    @Test
    void aDatabaseOfAnotherVersionIsLeftUntouched() throws Exception {
        Path folder = lab.newFolder("old");
        Path old = Files.createDirectories(folder.resolve("postgres/17"));
        Files.writeString(old.resolve("PG_VERSION"), "17\n");
        Map<String, Integer> before = snapshot(folder);

        assertRefused(config(folder))
                .hasMessageContaining("PostgreSQL 17")
                .hasMessageContaining("PostgreSQL 18")
                .hasMessageContaining(folder.toString());
        assertThat(snapshot(folder)).isEqualTo(before);
    }

    @Test
    void aFileIsNoDataFolder() throws Exception {
        Path file = Files.createFile(lab.newFolder("x").resolveSibling("file"));

        assertRefused(config(file)).hasMessageContaining(file + " is not a folder");
    }

    @Test
    void aFolderThatWeMayNotWriteIsNamed() {
        Path forbidden = Path.of("/sys/gleaner-test");
        assumeThat(forbidden.getParent()).exists();

        assertRefused(config(forbidden)).hasMessageContaining("may not write in " + forbidden);
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        Path folder = lab.folderWithDatabase();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            assertRefused(config(folder, Duration.ofMinutes(1), Map.of("port", port)))
                    .hasMessageContaining("Port " + port);
        }
    }

    @Test
    void aSettingThatPostgresDoesNotKnowIsNamed() throws Exception {
        Path folder = lab.folderWithDatabase();

        assertRefused(config(folder, Duration.ofMinutes(1), Map.of("shared_bufers", "1MB")))
                .hasMessageContaining("shared_bufers");
    }

    @Test
    void aDamagedDatabaseIsLeftAsItIs() throws Exception {
        Path folder = lab.folderWithDatabase();
        Path control = folder.resolve("postgres/18/global/pg_control");
        byte[] bytes = Files.readAllBytes(control);
        byte[] damaged = bytes.clone();
        damaged[PG_CONTROL_CHECKPOINT] ^= 1;
        Files.write(control, damaged);

        assertRefused(config(folder)).hasMessageContaining("is damaged");

        Files.write(control, bytes);
        EmbeddedPostgres.start(config(folder)).close();
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        Path folder = Files.createDirectories(lab.newFolder("full"));
        List<String> onASmallDisk =
                List.of(
                        "unshare",
                        "--user",
                        "--map-root-user",
                        "--mount",
                        "sh",
                        "-c",
                        "mount -t tmpfs -o size=12m tmpfs \"$0\" && exec \"$@\"",
                        folder.toString());
        PostgresCommand probe =
                PostgresCommand.run(
                        Stream.concat(onASmallDisk.stream(), Stream.of("true")).toList(),
                        folder,
                        Duration.ofSeconds(10));
        assumeThat(probe.succeeded()).as("a small disk can be mounted here").isTrue();

        assertThat(awaitLine(lab.child(onASmallDisk, folder.toString()), "REFUSED"))
                .contains("The disk of")
                .contains(folder.toString())
                .contains("is full");
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> assertRefused(
            EmbeddedPostgresConfig config) {
        return assertThatThrownBy(() -> EmbeddedPostgres.start(config))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageEndingWith(".")
                .hasMessageNotContaining("\n");
    }
}
