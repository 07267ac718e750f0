package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.console.Streams;
import io.gleaner.testing.DocumentTable;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is typed wrong is said at once, as the document has it. */
final class WrongUsageIT {

    /** Of a machine that others use too; on an idle one it is two seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(15);

    @TempDir private Path dir;

    @Test
    void wrongCommandsAreSaidAsTheDocumentHasIt() {
        List<List<String>> rows = DocumentTable.below("Commands", "wrong-usage.md");
        assertThat(rows).hasSizeGreaterThan(12);
        // The first command of a process loads the classes of all.
        run("--version");
        var softly = new SoftAssertions();
        for (List<String> row : rows) {
            long began = System.nanoTime();
            Said said = run(row.getFirst());
            var took = Duration.ofNanos(System.nanoTime() - began);
            softly.assertThat(said.exitCode() + " " + said.text())
                    .as(row.getFirst())
                    .startsWith(row.get(1) + " ")
                    .contains(row.get(2));
            softly.assertThat(said.text()).as(row.getFirst()).hasLineCount(1);
            softly.assertThat(took).as(row.getFirst()).isLessThan(LONGEST);
        }
        softly.assertAll();
        assertThat(dir).isEmptyDirectory();
    }

    private record Said(int exitCode, String text) {}

    private Said run(String command) {
        var words = new ArrayList<>(List.of(command.split(" ", -1)));
        if (command.contains("://") && words.size() > 1 && !command.startsWith("jobs")) {
            words.addAll(List.of("--data", dir.resolve("data").toString()));
        }
        var err = new ByteArrayOutputStream();
        var streams =
                new Streams(
                        new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        false);
        int exitCode = Main.commandLine(streams, Map.of()).execute(words.toArray(String[]::new));
        return new Said(exitCode, err.toString(UTF_8));
    }
}
