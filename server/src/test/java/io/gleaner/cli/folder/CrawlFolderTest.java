package io.gleaner.cli.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gleaner.cli.console.CommandFailure;
import io.gleaner.export.Samples;
import io.gleaner.job.FaultCode;
import io.gleaner.job.JobState;
import io.gleaner.store.StoredPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CrawlFolderTest {

    private static final Map<String, String> REQUEST = Map.of("URL", "https://start.example/");
    private static final UUID JOB = UUID.fromString("0199a3b2-7c41-7d10-9f5e-3b1d2c4e5f60");

    @TempDir private Path dir;

    @Test
    void aPageBecomesAMarkdownFileAndALine() throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.write(List.of(Samples.page(1, "https://a.example/docs/")));
        }
        assertThat(dir.resolve("a.example/docs/index.md"))
                .content()
                .startsWith("---\nurl: \"https://a.example/docs/\"\n")
                .endsWith("---\n\n# Page https://a.example/docs/\n");
        assertThat(dir.resolve("a.example/docs/index.links.json"))
                .hasContent("[\"https://a.example/\"]");
        JsonNode line = lines().getFirst();
        assertThat(line.path("seq").asLong()).isEqualTo(1);
        assertThat(line.path("outcome").asString()).isEqualTo("content");
        assertThat(line.path("fetchedAt").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(line.path("metadata").path("title").asString()).isEqualTo("Page 1");
        assertThat(line.has("html")).isFalse();
    }

    @Test
    void thePagesOfTheSiteItselfLieAtTheTop() throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.write(
                    List.of(
                            Samples.page(1, "https://start.example/docs/"),
                            Samples.page(2, "https://www.start.example/b"),
                            Samples.page(3, "https://a.example/docs/")));
        }
        assertThat(dir.resolve("docs/index.md")).exists();
        assertThat(dir.resolve("b.md")).exists();
        assertThat(dir.resolve("a.example/docs/index.md")).exists();
    }

    @Test
    void aFaultBecomesALineOnly() throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.write(
                    List.of(
                            Samples.fault(
                                    1, "https://a.example/x", FaultCode.HTTP_CLIENT_ERROR, 404)));
        }
        JsonNode line = lines().getFirst();
        assertThat(line.path("outcome").asString()).isEqualTo("fault");
        assertThat(line.path("fault").path("code").asString()).isEqualTo("http_client_error");
        assertThat(line.path("fault").path("attempts").asInt()).isEqualTo(3);
        assertThat(dir.resolve("a.example")).doesNotExist();
    }

    /** Whoever may write into the folder must not lead us out of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.example",
                "a.example/docs",
                "a.example/docs/index.md",
                "pages.ndjson",
            })
    void noLinkInsideTheFolderIsFollowed(String link, @TempDir Path outside) throws IOException {
        Path theirs = outside.resolve("theirs");
        boolean file = link.contains(".md") || link.contains("pages");
        if (file) {
            Files.writeString(theirs, "theirs");
        } else {
            Files.createDirectories(theirs);
        }
        Path inside = dir.resolve(link);
        Files.createDirectories(requireNonNull(inside.getParent()));
        Files.createSymbolicLink(inside, theirs);

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(
                        () -> {
                            try (CrawlFolder folder = fresh()) {
                                folder.write(List.of(Samples.page(1, "https://a.example/docs/")));
                            }
                        })
                .withMessageContaining("cannot write");
        if (file) {
            assertThat(theirs).hasContent("theirs");
        } else {
            assertThat(theirs).isEmptyDirectory();
        }
    }

    @Test
    void beginningAnewDeletesNothingBehindALink(@TempDir Path outside) throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.write(List.of(Samples.page(1, "https://a.example/docs/")));
        }
        Path theirs = outside.resolve("a.example");
        Files.move(dir.resolve("a.example"), theirs);
        Files.createSymbolicLink(dir.resolve("a.example"), theirs);
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CrawlFolder.clear(dir))
                .withMessageContaining("is a symbolic link; remove it");
        assertThat(theirs.resolve("docs/index.md")).exists();
    }

    @Test
    void theDraftOfTheStateIsNoLink(@TempDir Path outside) throws IOException {
        Path theirs = Files.writeString(outside.resolve("theirs"), "theirs");
        Files.createSymbolicLink(dir.resolve(".gleaner-crawl.json.new"), theirs);
        fresh().close();
        assertThat(theirs).hasContent("theirs");
    }

    @Test
    void resumingCountsWhatEarlierRunsWrote() {
        try (CrawlFolder folder = fresh()) {
            folder.jobIs(JOB);
            folder.write(
                    List.of(
                            Samples.page(1, "https://a.example/"),
                            Samples.fault(
                                    2, "https://a.example/x", FaultCode.HTTP_CLIENT_ERROR, 404)));
        }
        try (CrawlFolder folder = resumed()) {
            assertThat(folder.lastSeq()).isEqualTo(2);
            assertThat(folder.state().job()).isEqualTo(JOB);
            assertThat(folder.tally().pages()).isEqualTo(1);
            assertThat(folder.tally().kinds())
                    .containsExactly(
                            new Tally.Kind(
                                    "http_client_error 404",
                                    1,
                                    "https://a.example/x",
                                    "told by the test"));
        }
    }

    @Test
    void resumingCutsOffWhatADeadProcessWroteAndDidNotCount() throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.write(List.of(Samples.page(1, "https://a.example/")));
        }
        Files.writeString(
                dir.resolve("pages.ndjson"), "{\"seq\":2,\"url\":\"htt", StandardOpenOption.APPEND);
        try (CrawlFolder folder = resumed()) {
            folder.write(List.of(Samples.page(2, "https://a.example/b")));
        }
        assertThat(lines()).extracting(line -> line.path("seq").asLong()).containsExactly(1L, 2L);
    }

    @Test
    void aPageThatIsWrittenAgainAfterACrashKeepsItsFile() throws IOException {
        CrawlState before;
        try (CrawlFolder folder = fresh()) {
            folder.write(List.of(Samples.page(1, "https://a.example/About")));
            before = folder.state();
            folder.write(List.of(Samples.page(2, "https://a.example/about")));
        }
        List<Path> files = filesBelow();
        before.write(dir.resolve(".gleaner-crawl.json"));
        try (CrawlFolder folder = resumed()) {
            folder.write(List.of(Samples.page(2, "https://a.example/about")));
        }
        assertThat(filesBelow()).isEqualTo(files);
        assertThat(lines()).hasSize(2);
    }

    @Test
    void aShortenedPagesFileIsNotResumed() throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.write(List.of(Samples.page(1, "https://a.example/")));
        }
        Files.writeString(dir.resolve("pages.ndjson"), "");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(this::resumed)
                .withMessageContaining("has 0 bytes where")
                .withMessageContaining("--restart");
    }

    @Test
    void twoCrawlsCannotWriteToOneFolder() {
        try (CrawlFolder folder = fresh()) {
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> CrawlFolder.open(dir, folder.state()))
                    .withMessageStartingWith("another gleaner crawl is writing to");
        }
    }

    @Test
    void otherOptionsAreRefusedByName() {
        fresh().close();
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CrawlFolder.look(dir, Map.of("URL", "https://b.example/")))
                .withMessageContaining("URL was https://start.example/, now https://b.example/")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(64));
    }

    @Test
    void aFinishedFolderSaysHowItEnded() {
        try (CrawlFolder folder = fresh()) {
            folder.finish(JobState.COMPLETED);
        }
        assertThat(CrawlFolder.look(dir, REQUEST))
                .hasValueSatisfying(state -> assertThat(state.ended()).isEqualTo("completed"));
    }

    @Test
    void aForeignPagesFileIsLeftAlone() throws IOException {
        Files.writeString(dir.resolve("pages.ndjson"), "mine");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CrawlFolder.look(dir, REQUEST))
                .withMessageContaining("--restart");
        assertThat(dir.resolve("pages.ndjson")).hasContent("mine");
    }

    @Test
    void aStateThatIsNotOursIsNamed() throws IOException {
        Files.writeString(dir.resolve(".gleaner-crawl.json"), "{]");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CrawlFolder.look(dir, REQUEST))
                .withMessageContaining(".gleaner-crawl.json is not what gleaner wrote");
    }

    @Test
    void restartingRemovesWhatTheCrawlWroteAndNothingElse() throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.jobIs(JOB);
            folder.write(
                    List.of(
                            Samples.page(1, "https://a.example/docs/x"),
                            Samples.page(2, "https://a.example/keep/x")));
        }
        Path mine = Files.writeString(dir.resolve("a.example/keep/mine.txt"), "mine");
        assertThat(CrawlFolder.clear(dir)).contains(JOB);
        assertThat(filesBelow()).containsExactly(mine);
        assertThat(dir.resolve("a.example/docs")).doesNotExist();
    }

    @Test
    void restartingWorksOnAFolderThatIsDamaged() throws IOException {
        Files.writeString(dir.resolve(".gleaner-crawl.json"), "{]");
        Files.writeString(dir.resolve("pages.ndjson"), "{\"seq\":1,");
        assertThat(CrawlFolder.clear(dir)).isEmpty();
        assertThat(filesBelow()).isEmpty();
    }

    @Test
    void aFileThatCannotBeWrittenStopsTheCrawlAndIsNotCounted() throws IOException {
        try (CrawlFolder folder = fresh()) {
            folder.write(List.of(Samples.page(1, "https://a.example/")));
            Files.createDirectories(dir.resolve("a.example/b.md"));
            List<StoredPage> next = List.of(Samples.page(2, "https://a.example/b"));
            assertThatExceptionOfType(CommandFailure.class)
                    .isThrownBy(() -> folder.write(next))
                    .withMessageContaining("b.md")
                    .withMessageEndingWith("the same command resumes")
                    .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(74));
            assertThat(folder.lastSeq()).isEqualTo(1);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsAnOutputFailure() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CrawlFolder.look(file.resolve("sub"), REQUEST))
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(74));
    }

    private CrawlFolder fresh() {
        return CrawlFolder.open(dir, CrawlState.begin(REQUEST));
    }

    private CrawlFolder resumed() {
        return CrawlFolder.open(dir, CrawlFolder.look(dir, REQUEST).orElseThrow());
    }

    private List<JsonNode> lines() throws IOException {
        return Files.readString(dir.resolve("pages.ndjson"), UTF_8)
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
    }

    private List<Path> filesBelow() throws IOException {
        try (var walk = Files.walk(dir)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
