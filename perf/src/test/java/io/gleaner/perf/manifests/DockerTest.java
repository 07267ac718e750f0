package io.gleaner.perf.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds the Dockerfile against the launcher, the manifests and the usual mistakes. It is not built
 * here: that needs Docker.
 */
final class DockerTest {

    private static final Path ROOT = Path.of("..");
    private static final Path DOCKER = ROOT.resolve("deploy/docker");
    private static final Pattern LAUNCHER_FLAGS =
            Pattern.compile("^(?:LONG|COMMON)_FLAGS=['\"](.*)['\"]$", Pattern.MULTILINE);

    private final String dockerfile = read(DOCKER.resolve("Dockerfile"));

    /** Instructions with their continuation lines joined, without comments. */
    private List<String> instructions(String name) {
        return dockerfile
                .replaceAll("(?m)^#.*\\R", "")
                .replaceAll("\\\\\\R\\s*", "")
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    @Test
    void whatIsCopiedIsThereAfterABuildAndNotIgnored() throws IOException {
        List<String> allowed = Files.readAllLines(DOCKER.resolve("Dockerfile.dockerignore"));
        List<String> copied =
                instructions("COPY").stream()
                        .filter(line -> !line.startsWith("--from"))
                        .flatMap(line -> sources(line.split(" ")))
                        .toList();

        assertThat(copied).hasSize(3);
        assertThat(copied).allSatisfy(source -> assertThat(ROOT.resolve(source)).exists());
        assertThat(allowed).containsAll(copied.stream().map("!"::concat).toList()).contains("*");
    }

    private static Stream<String> sources(String[] words) {
        return Arrays.stream(words).limit(words.length - 1L);
    }

    @Test
    void everyStageIsNamedOrHasATagThatSaysWhich() {
        assertThat(instructions("FROM"))
                .containsExactly(
                        "eclipse-temurin:25-jdk AS java",
                        "debian:trixie-slim AS slim",
                        "slim AS browser");
    }

    @Test
    void nothingRunsAsRootAndTheUserIsThatOfTheManifests() {
        Manifest worker =
                Yaml.read("worker.yml", ROOT.resolve("deploy/k8s/base/worker.yml")).stream()
                        .map(node -> new Manifest("worker.yml", node))
                        .findFirst()
                        .orElseThrow();
        Place user = worker.at("spec", "template", "spec", "securityContext", "runAsUser");

        // Both flavours end as it, though the second begins as root to install.
        assertThat(instructions("USER"))
                .containsExactly(
                        "%s:%s".formatted(user.text(), user.text()),
                        "root",
                        "%s:%s".formatted(user.text(), user.text()));
        assertThat(instructions("RUN"))
                .anySatisfy(it -> assertThat(it).contains("useradd --uid " + user.text()));
    }

    @Test
    void whatAptBringsIsNeededAndItsListsAreNotKept() {
        assertThat(instructions("RUN"))
                .filteredOn(line -> line.contains("apt-get"))
                .isNotEmpty()
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .startsWith("apt-get update ")
                                        .contains("--no-install-recommends")
                                        .endsWith("rm -rf /var/lib/apt/lists/*"));
        assertThat(instructions("ADD")).isEmpty();
    }

    @Test
    void trainingAndServingUseTheSameFlagsAndCache() {
        String train =
                instructions("RUN").stream()
                        .filter(it -> it.endsWith(" train"))
                        .findFirst()
                        .orElseThrow();
        String served =
                instructions("ENTRYPOINT").getFirst().replaceAll("[\\[\\]\",]", "") + " train";

        // A shell would not pass SIGTERM on.
        assertThat(instructions("ENTRYPOINT")).singleElement().asString().startsWith("[\"java\"");
        assertThat(train.replace("AOTCacheOutput", "AOTCache")).isEqualTo(served);
    }

    @Test
    void theFlagsAreTheLaunchersButForTheSizeOfTheHeap() {
        List<String> launchers =
                LAUNCHER_FLAGS
                        .matcher(read(ROOT.resolve("gleaner")))
                        .results()
                        .map(DockerTest::flags)
                        .flatMap(line -> Arrays.stream(line.split(" ")))
                        .filter(flag -> flag.startsWith("-"))
                        .map(flag -> flag.replace("MaxRAMPercentage=25", "MaxRAMPercentage=50"))
                        .toList();
        List<String> images =
                read(DOCKER.resolve("java.flags"))
                        .lines()
                        .filter(line -> !line.startsWith("#"))
                        .toList();

        assertThat(images).isNotEmpty().containsExactlyElementsOf(launchers);
    }

    private static String flags(MatchResult match) {
        return match.group(1);
    }

    @Test
    void theTagIsTheVersionThatIsBuilt() {
        Pattern version = Pattern.compile("<version>(.*?)</version>");
        var matcher = version.matcher(read(ROOT.resolve("pom.xml")));
        assertThat(matcher.find()).isTrue();
        String image = "gleaner:" + matcher.group(1);

        assertThat(dockerfile).contains("-t " + image + " ");
        assertThat(read(ROOT.resolve("deploy/docker-compose.yml"))).contains("image: " + image);
        assertThat(read(ROOT.resolve("deploy/k8s/base/worker.yml"))).contains("image: " + image);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
