package io.gleaner.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
final class PostgresBinariesIT {

    private final PostgresArchive archive = PostgresArchive.of(PostgresPlatform.current());
    private final PostgresAccount self = new PostgresAccount(List.of(), OptionalInt.empty());

    @TempDir private Path folder;

    // One test for three things, because each unpacking takes a second.
    @Test
    void onlyAWholeCopyIsUsedWhoeverUnpacksItAndHoweverItIsDamaged() throws Exception {
        Callable<PostgresBinaries> find = () -> find(folder);
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var both = executor.invokeAll(List.of(find, find));
            assertThat(both.getFirst().get()).isEqualTo(both.getLast().get());
        }
        assertThat(children()).hasSize(1);

        Path server = find(folder).home().resolve("bin/postgres");
        long whole = Files.size(server);
        Files.write(server, new byte[0]);
        assertThat(find(folder).home().resolve("bin/postgres")).hasSize(whole);
        assertThat(children()).hasSize(1);

        Path unusable = Files.createFile(folder.resolve("unusable"));
        assertThat(PostgresBinaries.find(archive, self, List.of(unusable, folder)).home())
                .startsWith(folder);
        assertThatThrownBy(() -> find(unusable))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining(unusable.toString());
    }

    private PostgresBinaries find(Path parent) throws InterruptedException {
        return PostgresBinaries.find(archive, self, List.of(parent));
    }

    private List<Path> children() throws Exception {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.toList();
        }
    }
}
