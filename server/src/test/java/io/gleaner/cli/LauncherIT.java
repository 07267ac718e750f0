package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real launcher in a copy of the repository whose JDK and Maven are little scripts: Java prints
 * its arguments, Maven writes down its own and makes a jar.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherIT {

    private static final Path LAUNCHER = Path.of("..", "gleaner").toAbsolutePath().normalize();
    private static final int SECONDS_MAX = 30;

    @TempDir private Path dir;
    private Path root;
    private Path jdk;
    private Path mavenLog;
    private Path bin;

    private record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void makeRepository() throws IOException {
        root = Files.createDirectories(dir.resolve("a folder/gleaner home"));
        Files.copy(LAUNCHER, root.resolve("gleaner"));
        executable(root.resolve("gleaner"));
        Files.createDirectories(root.resolve("server/src/main/java"));
        Files.createDirectories(root.resolve("perf/src/main/java"));
        for (String file :
                List.of(
                        "pom.xml",
                        "server/pom.xml",
                        "server/src/main/java/A.java",
                        "perf/pom.xml",
                        "perf/src/main/java/B.java")) {
            Files.writeString(root.resolve(file), "");
        }
        jdk = jdk("jdk", "25.0.1");
        bin = Files.createDirectories(dir.resolve("bin"));
        mavenLog = dir.resolve("maven.log");
        maven("mkdir -p server/target/classes && : >server/target/gleaner.jar");
    }

    @Test
    void theFirstRunBuildsAndStartsTheCommand() throws Exception {
        Result result = run("version");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err())
                .matches("building gleaner \\(first run\\) \\.\\.\\. done in \\d+ s\\n");
        assertThat(result.out())
                .contains(
                        "-jar\n"
                                + root.toRealPath().resolve("server/target/gleaner.jar")
                                + "\nversion\n");
        assertThat(Files.readString(mavenLog))
                .contains("package", "-Dmaven.test.skip=true", "-Dspotless.check.skip=true")
                .contains("JAVA_HOME=" + jdk)
                .contains("--sun-misc-unsafe-memory-access=allow");
    }

    @Test
    void theSecondRunDoesNotBuild() throws Exception {
        run("version");
        Result second = run("version");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aNewerOrARemovedSourceBuildsAgain() throws Exception {
        run("version");
        Path source = root.resolve("server/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("version").err()).startsWith("building gleaner (sources changed)");
        Files.setLastModifiedTime(source, FileTime.from(Instant.EPOCH));
        Files.setLastModifiedTime(
                root.resolve("server/target/gleaner.jar"),
                FileTime.from(Instant.now().minusSeconds(60)));
        Files.delete(source);
        assertThat(run("version").err()).startsWith("building gleaner (sources changed)");
    }

    @Test
    void aSourceThatChangesDuringTheBuildIsNotForgotten() throws Exception {
        maven(
                """
                mkdir -p server/target/classes
                until [ server/src/main/java/A.java -nt server/target/build.started ]; do
                    touch server/src/main/java/A.java
                done
                : >server/target/gleaner.jar\
                """);
        run("version");
        assertThat(run("version").err()).startsWith("building gleaner (sources changed)");
    }

    @Test
    void aFailedBuildShowsItsErrorsAndLeavesNoJar() throws Exception {
        maven("echo '[INFO] noise'; echo '[ERROR] A.java:[1,1] broken'; exit 1");
        Result result = run("version");
        assertThat(result.exitCode()).isEqualTo(70);
        assertThat(result.err())
                .contains("... failed\n[ERROR] A.java:[1,1] broken\n", "build.log")
                .doesNotContain("noise");
        assertThat(root.resolve("server/target/build.lock")).doesNotExist();
    }

    @Test
    void theLockOfADeadBuildIsTakenOver() throws Exception {
        run("version");
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Path lock = root.resolve("server/target/build.lock");
        Files.createSymbolicLink(lock, Path.of(hostName() + ":" + dead.pid()));
        Files.writeString(root.resolve("server/target/build.started"), "");
        Path jar = root.resolve("server/target/gleaner.jar");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("version").err()).startsWith("building gleaner (sources changed)");
        assertThat(Files.isSymbolicLink(lock)).isFalse();
    }

    @Test
    void twoFirstRunsBuildOnce() throws Exception {
        maven("sleep 1; mkdir -p server/target/classes && : >server/target/gleaner.jar");
        Process one = start(root.resolve("gleaner"), List.of("version"), Map.of());
        Process two = start(root.resolve("gleaner"), List.of("version"), Map.of());
        assertThat(result(one).exitCode()).isZero();
        assertThat(result(two).exitCode()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void itWorksThroughASymlinkFromAnyFolder() throws Exception {
        Path link =
                Files.createSymbolicLink(
                        dir.resolve("gl"), Path.of("a folder/gleaner home/gleaner"));
        Result result = result(start(link, List.of("scrape", "a b", "*"), Map.of()));
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).endsWith("\nscrape\na b\n*\n");
    }

    @Test
    void longCommandsGetAServersJvmAndShortOnesAQuickStart() throws Exception {
        assertThat(run("serve").out()).contains("-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError");
        assertThat(run("jobs").out()).contains("-XX:+UseSerialGC").doesNotContain("UseG1GC");
        assertThat(run("crawl", "--help").out()).contains("-XX:+UseSerialGC");
    }

    @Test
    void whatTheJvmHasLearntIsUsedUntilTheJarIsNewer() throws Exception {
        Path target = root.toRealPath().resolve("server/target");
        Path learnt = target.resolve("gleaner.aot");
        assertThat(run("train").out()).contains("-XX:AOTCacheOutput=" + learnt + "\n");
        assertThat(run("train", "--help").out()).doesNotContain("AOTCache");
        assertThat(run("serve").out()).doesNotContain("AOTCache");
        Files.writeString(learnt, "");
        assertThat(run("serve").out()).contains("-XX:AOTCache=" + learnt + "\n");
        assertThat(run("jobs").out()).doesNotContain("AOTCache");
        Files.setLastModifiedTime(
                target.resolve("gleaner.jar"), FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(run("serve").out()).doesNotContain("AOTCache");
    }

    @Test
    void benchBuildsAndStartsTheMeasuringKitAndTellsItHowToStartTheService() throws Exception {
        mavenThatMakesWhatItIsAskedFor();
        Result result = run("bench", "crawl", "--pages", "5");
        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).startsWith("building gleaner (first run)");
        assertThat(Files.readString(mavenLog)).contains("-pl perf -am");
        assertThat(result.out())
                .contains("-XX:+UseSerialGC")
                .doesNotContain("TieredStopAtLevel")
                .contains(
                        "-jar\n"
                                + root.toRealPath().resolve("perf/target/gleaner-perf.jar")
                                + "\nbench\ncrawl\n--pages\n5\n")
                .contains("server jar: " + root.toRealPath().resolve("server/target/gleaner.jar"))
                .containsPattern("server flags: .*-XX:\\+UseG1GC");
        assertThat(run("bench", "crawl").err()).isEmpty();
        assertThat(run("version").err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void benchIsBuiltAgainWhenTheServiceChangesAndTheServiceNotWhenBenchDoes() throws Exception {
        mavenThatMakesWhatItIsAskedFor();
        run("bench");
        touch("perf/src/main/java/B.java");
        assertThat(run("version").err()).isEmpty();
        assertThat(run("bench").err()).startsWith("building gleaner (sources changed)");
        touch("server/src/main/java/A.java");
        assertThat(run("version").err()).startsWith("building gleaner (sources changed)");
        assertThat(run("bench").err()).startsWith("building gleaner (sources changed)");
        assertThat(run("bench").err()).isEmpty();
        assertThat(builds()).isEqualTo(4);
    }

    private void touch(String source) throws IOException {
        Files.setLastModifiedTime(root.resolve(source), FileTime.from(Instant.now()));
    }

    @Test
    void otherCommandsDoNotNeedTheMeasuringKit() throws Exception {
        run("version");
        assertThat(Files.readString(mavenLog)).contains("-pl server -am").doesNotContain("perf");
    }

    private void mavenThatMakesWhatItIsAskedFor() throws IOException {
        maven(
                """
                mkdir -p server/target/classes perf/target/classes
                : >server/target/gleaner.jar
                case "$*" in
                    *'-pl perf -am'*) : >perf/target/gleaner-perf.jar ;;
                esac\
                """);
    }

    @Test
    void ownJvmFlagsComeLast() throws Exception {
        Result result =
                result(
                        start(
                                root.resolve("gleaner"),
                                List.of("serve"),
                                Map.of("GLEANER_JAVA_OPTS", "-Xmx256m -Dx=*")));
        assertThat(result.out()).contains("\n-Xmx256m\n-Dx=*\n-jar\n");
    }

    @Test
    void testRunsTheWholeVerificationAndPassesItsExitCodeOn() throws Exception {
        maven("echo 'Tests run: 7'; exit 3");
        Result result = run("test", "-Dtest=X");
        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out()).contains("Tests run: 7");
        assertThat(Files.readString(mavenLog)).contains(" verify -Dtest=X\n");
    }

    @Test
    void aJdkThatIsTooOldIsNamedAndHelpIsGiven() throws Exception {
        Path old = jdk("old", "17.0.2");
        Result result =
                result(
                        start(
                                root.resolve("gleaner"),
                                List.of("version"),
                                Map.of("GLEANER_JAVA_HOME", old.toString())));
        assertThat(result.exitCode()).isEqualTo(69);
        assertThat(result.err()).contains("GLEANER_JAVA_HOME=" + old + " is not a JDK 25");
    }

    @Test
    void anOldJavaHomeIsPassedOver() throws Exception {
        Result result =
                result(
                        start(
                                root.resolve("gleaner"),
                                List.of("version"),
                                Map.of(
                                        "GLEANER_JAVA_HOME",
                                        "",
                                        "JAVA_HOME",
                                        jdk("old", "17.0.2").toString(),
                                        "PATH",
                                        jdk + "/bin:" + bin + ":" + System.getenv("PATH"))));
        assertThat(result.exitCode()).isZero();
        assertThat(Files.readString(mavenLog)).contains("JAVA_HOME=" + jdk.toRealPath());
    }

    private Path jdk(String name, String version) throws IOException {
        Path home = Files.createDirectories(dir.resolve(name));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        script(
                home.resolve("bin/java"),
                """
                printf '%s\\n' "$@"
                [ -z "${GLEANER_SERVER_JAR:-}" ] ||
                    printf '%s\\n' "server jar: $GLEANER_SERVER_JAR" "server flags: $GLEANER_SERVER_FLAGS"\
                """);
        script(home.resolve("bin/javac"), "exit 0");
        return home;
    }

    /** A Maven that writes its arguments down, then does this in the repository. */
    private void maven(String body) throws IOException {
        script(
                bin.resolve("mvn"),
                """
                echo "$* JAVA_HOME=$JAVA_HOME $MAVEN_OPTS" | sed 's/ JAVA_HOME/\\n&/' >>'%s'
                cd '%s'
                %s
                """
                        .formatted(mavenLog, root, body));
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private long builds() throws IOException {
        return Files.readAllLines(mavenLog).stream()
                .filter(line -> line.contains("package"))
                .count();
    }

    private static String hostName() throws IOException, InterruptedException {
        Process uname = new ProcessBuilder("uname", "-n").start();
        String name = new String(uname.getInputStream().readAllBytes(), UTF_8).strip();
        uname.waitFor();
        return name;
    }

    private Result run(String... arguments) throws Exception {
        return result(start(root.resolve("gleaner"), List.of(arguments), Map.of()));
    }

    private Process start(Path launcher, List<String> arguments, Map<String, String> environment)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(launcher.toString());
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).directory(dir.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GLEANER_"));
        builder.environment().keySet().removeIf(name -> name.startsWith("M2_HOME"));
        builder.environment().keySet().removeIf(name -> name.startsWith("MAVEN_"));
        builder.environment().put("PATH", bin + ":" + System.getenv("PATH"));
        builder.environment().put("GLEANER_JAVA_HOME", jdk.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Result result(Process process) throws Exception {
        var err = new ArrayList<String>();
        Thread reader =
                Thread.startVirtualThread(
                        () -> process.errorReader(UTF_8).lines().forEach(err::add));
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)).isTrue();
        reader.join();
        return new Result(
                process.exitValue(), out, err.isEmpty() ? "" : String.join("\n", err) + "\n");
    }
}
