package io.gleaner.perf.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoscaleCommandLineTest {

    private static final List<String> FILES =
            List.of(
                    "--policy", "../deploy/k8s/base/hpa.yml",
                    "--capacity", "../docs/performance/capacity.json");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir private Path folder = Path.of("");

    private int run(String... arguments) {
        return Main.commandLine(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        arguments)
                .execute(arguments);
    }

    private int runOnFiles(String arguments) {
        List<String> all = new ArrayList<>(List.of("autoscale"));
        all.addAll(List.of(arguments.split(" ", -1)));
        all.addAll(FILES);
        all.addAll(List.of("--report", folder.toString()));
        return run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"simulate", "tune", "drill"})
    void everyCommandExplainsItself(String command) {
        assertThat(run("autoscale", command, "--help")).isZero();
        assertThat(out.toString(UTF_8))
                .startsWith("Usage: gleaner autoscale " + command)
                .contains("--policy", "--load", "--seed");
    }

    @Test
    void withoutACommandItSaysWhichThereAre() {
        assertThat(run("autoscale")).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).contains("simulate", "tune", "drill");
    }

    @Test
    void theExitCodeIsTheVerdict() {
        assertThat(runOnFiles("simulate --load spike")).isEqualTo(ExitCodes.HOLDS);
        assertThat(runOnFiles("simulate --load spike --slo-wait 1s"))
                .isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(runOnFiles("simulate --load steady --slo-pod-hours 1"))
                .isEqualTo(ExitCodes.DOES_NOT_HOLD);
        assertThat(err.toString(UTF_8)).contains("DOES NOT HOLD  spike");
    }

    @Test
    void theApisPolicyIsSimulatedWithItsOwnPods() {
        assertThat(runOnFiles("simulate --load spike --base 8000 --target gleaner-api"))
                .isEqualTo(ExitCodes.HOLDS);
    }

    @Test
    void aLoadMayBeAFile() throws IOException {
        Path load = Files.writeString(folder.resolve("monday.csv"), "0,100\n600,0\n");
        assertThat(runOnFiles("simulate --load " + load)).isEqualTo(ExitCodes.HOLDS);
        assertThat(out.toString(UTF_8).strip()).endsWith("autoscale-simulate.html");
        assertThat(folder.resolve("autoscale-simulate.html")).content().contains("monday.csv");
    }

    @Test
    void tuneWritesATable() {
        assertThat(runOnFiles("tune --load steady --seeds 1")).isEqualTo(ExitCodes.HOLDS);
        assertThat(folder.resolve("autoscale-tune.md")).content().contains("Why not otherwise");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    simulate --load spik              | no trace 'spik'; there are steady
                    simulate --target gleaner-render  | scales no 'gleaner-render', but [gleaner-api, gleaner-worker]
                    simulate --pod pages=3            | 'pages' is not one of
                    simulate --slo-wait soon          | 'soon' is not a time
                    tune --seeds 0                    | seeds must be at least 1: 0
                    drill --compress 16               | (PT15S) shorter than a second; at most 15
                    drill --load spik                 | no trace 'spik'; there are steady
                    drill --from 50m --until 2h       | spike has 3600 s; there is nothing from PT50M until PT2H
                    drill --workers-max 8             | PostgreSQL has connections for 7 workers, not for 8
                    drill --workers-max 1             | less than the policy's minReplicas (2)
                    """)
    void badUsageNamesWhatIsAccepted(String arguments, String sentence) {
        assertThat(runOnFiles(arguments)).isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).contains(sentence);
    }

    @Test
    void aPolicyThatIsWrongIsBadUsage() throws IOException {
        Path policy = Files.writeString(folder.resolve("hpa.yml"), "kind: Deployment\n");
        assertThat(run("autoscale", "simulate", "--policy", policy.toString()))
                .isEqualTo(ExitCodes.USAGE);
        assertThat(err.toString(UTF_8)).contains("hpa.yml, document 1: apiVersion is missing");
    }
}
