package io.gleaner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.gleaner.cli.console.Streams;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What the documents of this repository point at is there. */
class DocumentsTest {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s#]*)(?:#([^()\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern ANCHOR = Pattern.compile("<a id=\"([^\"]+)\">");
    private static final Pattern TEST = Pattern.compile("`(\\w{2,}(?:IT|Test))(?:\\.\\w+)?`");
    private static final Pattern COMMAND = Pattern.compile("`(?:\\./)?gleaner ([^`]+)`");
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z-]*");
    private static final Pattern ROW = Pattern.compile("(?m)^(?:\\| |## )([TJS]?\\d[\\d.]*) ");

    /** Commands that the launcher runs from another program. */
    private static final Set<String> KIT = Set.of("bench", "load", "autoscale", "content", "test");

    /** What of the contract has a row or a section. */
    private static final String CONTRACT =
            "T1 T2 T3 T4 T5 T6 T7 T8 T9 T10 T11 T12 T13 5.1 5.2 5.3 5.4 5.5 5.6 5.7 5.8 5.9 5.10"
                    + " J1 J2 J3 J4 J5 J6 J7 J8 J9 S1 S2 S3 S4";

    @Test
    void aLinkInADocumentLeadsToAFileAndAHeadingThatAreThere() throws IOException {
        assertThat(documents().flatMap(DocumentsTest::brokenLinks)).isEmpty();
    }

    @Test
    void aTestThatADocumentNamesIsThere() throws IOException {
        Set<String> tests;
        try (Stream<Path> server = Files.walk(ROOT.resolve("server/src/test/java"));
                Stream<Path> perf = Files.walk(ROOT.resolve("perf/src/test/java"))) {
            tests =
                    Stream.concat(server, perf)
                            .map(it -> it.getFileName().toString().replace(".java", ""))
                            .collect(Collectors.toSet());
        }
        assertThat(
                        living().flatMap(it -> found(TEST, it))
                                .filter(it -> !tests.contains(it.group(1)))
                                .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void aCommandThatADocumentNamesIsUnderstoodWithItsOptions() throws IOException {
        var streams =
                new Streams(
                        new PrintStream(OutputStream.nullOutputStream()),
                        new PrintStream(OutputStream.nullOutputStream()),
                        false);
        CommandLine gleaner = Main.commandLine(streams, Map.of());
        assertThat(
                        living().flatMap(it -> found(COMMAND, it))
                                .filter(it -> !isUnderstood(gleaner, it.group(1)))
                                .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void eachTargetAndCapabilityOfTheContractHasItsPlace() {
        assertThat(found(ROW, read(ROOT.resolve("docs/requirements.md"))).map(it -> it.group(1)))
                .contains(CONTRACT.split(" "));
    }

    @Test
    void eachPackageHasItsRoleInTheArchitecture() throws IOException {
        String architecture = read(ROOT.resolve("docs/architecture.md"));
        try (Stream<Path> packages = Files.list(ROOT.resolve("server/src/main/java/io/gleaner"))) {
            assertThat(packages.filter(Files::isDirectory).map(it -> "`" + it.getFileName() + "`"))
                    .allSatisfy(it -> assertThat(architecture).contains(it));
        }
    }

    private static boolean isUnderstood(CommandLine top, String typed) {
        CommandLine command = top;
        List<String> words = List.of(typed.split("\\s+"));
        for (String word : words) {
            if (!command.getSubcommands().isEmpty() && word.matches("[a-z][a-z-]*")) {
                var inner = command.getSubcommands().get(word);
                if (inner == null) {
                    return false;
                }
                command = inner;
            }
        }
        if (KIT.contains(words.getFirst())) {
            return true; // the kit's own test knows what is inside
        }
        Set<String> options = command.getCommandSpec().optionsMap().keySet();
        return found(OPTION, typed).allMatch(it -> options.contains(it.group()));
    }

    private static Stream<String> brokenLinks(Path document) {
        return found(LINK, FENCE.matcher(read(document)).replaceAll(""))
                .filter(it -> !it.group(1).contains(":"))
                .filter(it -> !leadsSomewhere(document, it))
                .map(it -> ROOT.relativize(document) + ": " + it.group());
    }

    private static boolean leadsSomewhere(Path document, MatchResult link) {
        Path target =
                link.group(1).isEmpty()
                        ? document
                        : document.resolveSibling(
                                URLDecoder.decode(link.group(1), StandardCharsets.UTF_8));
        if (link.group(2) == null || !target.toString().endsWith(".md")) {
            return Files.exists(target);
        }
        return Files.exists(target) && anchors(read(target)).contains(link.group(2));
    }

    /** Headings as GitHub names them, and anchors by hand. */
    private static Set<String> anchors(String document) {
        return Stream.concat(
                        found(HEADING, document)
                                .map(
                                        it ->
                                                it.group(1)
                                                        .toLowerCase(Locale.ROOT)
                                                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                                                        .strip()
                                                        .replace(' ', '-')),
                        found(ANCHOR, document).map(it -> it.group(1)))
                .collect(Collectors.toSet());
    }

    private static Stream<MatchResult> found(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    private static Stream<String> living() throws IOException {
        return documents().filter(DocumentsTest::isOfToday).map(DocumentsTest::read);
    }

    /** Decisions, changes and reports tell of their day. */
    private static boolean isOfToday(Path document) {
        String name = ROOT.relativize(document).toString();
        return !name.startsWith("docs/adr")
                && !name.startsWith("docs/performance")
                && !name.equals("CHANGELOG.md");
    }

    private static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files
                    .filter(it -> it.toString().endsWith(".md"))
                    .filter(it -> !it.toString().matches(".*/(target|node_modules|out|data)/.*"))
                    .toList()
                    .stream();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
