package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.console.Streams;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The service's short life for the JVM to learn from. */
class TrainCommandIT {

    @Test
    void itCrawlsASiteOfItsOwnAndLeavesNothing() {
        var err = new ByteArrayOutputStream();
        var streams =
                new Streams(
                        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false);
        List<String> before = folders();
        int exitCode = Main.commandLine(streams, Map.of()).execute("train", "--pages", "50");
        assertThat(err.toString(UTF_8)).contains("trained on 50 pages");
        assertThat(exitCode).isZero();
        assertThat(folders()).isEqualTo(before);
    }

    private static List<String> folders() {
        File temporary = Path.of(System.getProperty("java.io.tmpdir")).toFile();
        String[] names = temporary.list((dir, name) -> name.startsWith("gleaner-train"));
        return names == null ? List.of() : List.of(names);
    }
}
