package io.gleaner.perf.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The kit's commands that documents name, by their names and options. */
class DocumentedCommandsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern COMMAND =
            Pattern.compile("`(?:\\./)?gleaner ((?:bench|load|autoscale|content) [^`]+)`");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "perf/README.md",
                "docs/requirements.md",
                "docs/main-content.md",
                "docs/scaling.md",
                "docs/scaling-hpa.md",
                "docs/operations.md",
                "docs/performance/README.md",
                "docs/performance/load-testing.md",
                "docs/performance/method.md"
            })
    void aCommandOfTheKitThatADocumentNamesIsUnderstoodWithItsOptions(String document)
            throws IOException {
        assertThat(
                        COMMAND.matcher(Files.readString(ROOT.resolve(document)))
                                .results()
                                .map(it -> it.group(1))
                                .filter(it -> !isUnderstood(it)))
                .isEmpty();
    }

    private static boolean isUnderstood(String typed) {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        CommandLine command = Main.commandLine(nowhere, nowhere);
        for (String word : List.of(typed.split("\\s+"))) {
            if (!command.getSubcommands().isEmpty() && word.matches("[a-z][a-z-]*")) {
                var inner = command.getSubcommands().get(word);
                if (inner == null) {
                    return false;
                }
                command = inner;
            }
        }
        Set<String> options = command.getCommandSpec().optionsMap().keySet();
        Stream<String> named = OPTION.matcher(typed).results().map(MatchResult::group);
        return named.allMatch(options::contains);
    }
}
