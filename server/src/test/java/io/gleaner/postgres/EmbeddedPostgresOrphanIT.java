package io.gleaner.postgres;

import static io.gleaner.postgres.EmbeddedPostgresLab.awaitLine;
import static io.gleaner.postgres.EmbeddedPostgresLab.config;
import static io.gleaner.postgres.EmbeddedPostgresLab.execute;
import static io.gleaner.postgres.EmbeddedPostgresLab.pidFile;
import static io.gleaner.postgres.EmbeddedPostgresLab.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a killed process leaves behind, and what the next start makes of it. */
@Timeout(300)
final class EmbeddedPostgresOrphanIT {

    @AutoClose private final EmbeddedPostgresLab lab = new EmbeddedPostgresLab();

    @Test
    void theServerOfAKilledProcessIsAdoptedAndItsLocksAreGone() throws Exception {
        Path folder = lab.folderWithDatabase();
        killAfterReady(folder);
        long orphan = pidFile(folder).pid();

        try (EmbeddedPostgres adopted = EmbeddedPostgres.start(config(folder))) {
            assertThat(pidFile(folder).pid()).isEqualTo(orphan);
            execute(adopted, "SET lock_timeout = '1s'; UPDATE kept SET word = word || ' once'");
            assertThat(query(adopted, "SELECT word FROM kept")).isEqualTo("committed once");
        }
        await().until(() -> ProcessHandle.of(orphan).isEmpty());
    }

    @Test
    void aServerWithOtherSettingsIsReplaced() throws Exception {
        Path folder = lab.folderWithDatabase();
        killAfterReady(folder);
        long orphan = pidFile(folder).pid();

        try (EmbeddedPostgres replaced =
                EmbeddedPostgres.start(
                        config(folder, Duration.ofMinutes(1), Map.of("work_mem", "1MB")))) {
            assertThat(pidFile(folder).pid()).isNotEqualTo(orphan);
            assertThat(query(replaced, "SHOW work_mem")).isEqualTo("1MB");
            assertThat(query(replaced, "SELECT word FROM kept")).isEqualTo("committed");
        }
        await().until(() -> ProcessHandle.of(orphan).isEmpty());
    }

    @Test
    void aKilledServerRecovers() throws Exception {
        Path folder = lab.folderWithDatabase();
        killAfterReady(folder);
        ProcessHandle server = ProcessHandle.of(pidFile(folder).pid()).orElseThrow();
        server.destroyForcibly();
        server.onExit().join();

        try (EmbeddedPostgres recovered = EmbeddedPostgres.start(config(folder))) {
            assertThat(query(recovered, "SELECT word FROM kept")).isEqualTo("committed");
        }
    }

    @Test
    void aStartThatWasKilledHalfWayIsMadeAnew() throws Exception {
        Path folder = lab.newFolder("half");
        Process child = lab.child(folder.toString());
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> clusterIn(folder).stream().anyMatch(Files::exists));
        child.destroyForcibly().waitFor();
        assertThat(folder.resolve("postgres/18")).doesNotExist();

        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(folder))) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
        // The orphaned initdb may have been writing there still; the next start clears it away.
        EmbeddedPostgres.start(config(folder)).close();
    }

    // After a reboot, or in the next container, the old number is soon some other process.
    @Test
    void thePidFileOfADeadServerIsNoObstacleWhateverItSays() throws Exception {
        Path other = lab.folderWithDatabase();
        Path folder = lab.folderWithDatabase();
        Path cluster = folder.resolve("postgres/18");
        try (EmbeddedPostgres _ = EmbeddedPostgres.start(config(other))) {
            long us = ProcessHandle.current().pid();
            long otherServer = pidFile(other).pid();
            String rest = "\n%s\n1\n5432\n\n127.0.0.1\n".formatted(cluster);

            for (String stale : List.of(us + rest, otherServer + rest, "")) {
                Files.writeString(cluster.resolve("postmaster.pid"), stale);
                try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(folder))) {
                    assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
                }
            }
            assertThat(pidFile(other).server(other.resolve("postgres/18"))).isPresent();
        }
    }

    @Test
    void aLongRecoveryIsNamedAndGoesOnByItself() throws Exception {
        Path folder = lab.folderWithDatabase();
        Path signal = Files.createFile(folder.resolve("postgres/18/recovery.signal"));
        EmbeddedPostgresConfig stuck =
                config(folder, Duration.ofSeconds(1), Map.of("restore_command", "sleep 600"));

        for (String _ : List.of("started by us", "found by us")) {
            assertThatThrownBy(() -> EmbeddedPostgres.start(stuck))
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("still recovering")
                    .hasMessageContaining(folder.toString())
                    .hasMessageContaining("start again later");
        }
        Files.delete(signal);
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start(config(folder))) {
            assertThat(query(postgres, "SELECT 1")).isEqualTo("1");
        }
    }

    private void killAfterReady(Path folder) throws Exception {
        Process child = lab.child(folder.toString());
        awaitLine(child, "READY");
        child.destroyForcibly().waitFor();
    }

    private static List<Path> clusterIn(Path folder) throws Exception {
        Path postgres = folder.resolve("postgres");
        if (Files.notExists(postgres)) {
            return List.of();
        }
        try (Stream<Path> paths = Files.list(postgres)) {
            return paths.filter(path -> path.getFileName().toString().startsWith("unfinished-"))
                    .map(path -> path.resolve("new/base"))
                    .toList();
        }
    }
}
