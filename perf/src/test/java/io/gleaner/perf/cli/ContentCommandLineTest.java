package io.gleaner.perf.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContentCommandLineTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return Main.commandLine(
                        new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8), args)
                .execute(args);
    }

    @ParameterizedTest
    @ValueSource(strings = {"train", "folds"})
    void eachCommandExplainsItself(String command) {
        assertThat(run("content", command, "--help")).isZero();
        assertThat(out.toString(UTF_8)).startsWith("Usage: gleaner content " + command);
    }

    @Test
    void withoutACommandOrASetNothingIsDone() {
        assertThat(run("content")).isEqualTo(ExitCodes.USAGE);
        assertThat(run("content", "folds")).isEqualTo(ExitCodes.USAGE);
    }

    @Test
    void aSetThatIsNotThereIsNamed(@TempDir Path folder) {
        String set = folder.resolve("none").toString();
        assertThat(run("content", "folds", "--set", set)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).contains(set);
    }
}
