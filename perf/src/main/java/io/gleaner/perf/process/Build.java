package io.gleaner.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A commit of this repository, built in a work tree of its own by its own launcher. The jar is kept
 * under {@code perf/target/builds}, so that a commit is built once.
 */
public final class Build {

    private static final Path BUILDS = Path.of("perf", "target", "builds").toAbsolutePath();
    private static final long MINUTES_MAX = 15;
    private static final int LOG_CHARACTERS_SHOWN = 2_000;

    private Build() {}

    /** The full name of a commit, branch or tag. */
    public static String commit(String name) throws InterruptedException {
        try {
            return run(List.of("git", "rev-parse", "--verify", name + "^{commit}"), Path.of("."))
                    .strip();
        } catch (BenchException e) {
            throw new BenchException("'%s' is no commit of this repository".formatted(name), e);
        }
    }

    /** The jar of a commit, with what it needs beside it. */
    public static Path jar(String commit) throws InterruptedException {
        Path kept = BUILDS.resolve(commit);
        Path jar = kept.resolve("gleaner.jar");
        if (Files.exists(jar)) {
            return jar;
        }
        Path tree = BUILDS.resolve(commit + ".tree");
        try {
            Files.createDirectories(BUILDS);
            run(
                    List.of(
                            "git",
                            "worktree",
                            "add",
                            "--force",
                            "--detach",
                            tree.toString(),
                            commit),
                    Path.of("."));
            run(List.of(tree.resolve("gleaner").toString(), "version"), tree);
            Path target = tree.resolve("server").resolve("target");
            Path lib = Files.createDirectories(kept.resolve("lib"));
            try (Stream<Path> jars = Files.list(target.resolve("lib"))) {
                jars.forEach(one -> copy(one, lib.resolve(one.getFileName())));
            }
            copy(target.resolve("gleaner.jar"), jar);
            return jar;
        } catch (IOException | UncheckedIOException e) {
            throw new BenchException("the build of %s cannot be kept".formatted(commit), e);
        } finally {
            run(List.of("git", "worktree", "remove", "--force", tree.toString()), Path.of("."));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String run(List<String> command, Path folder) throws InterruptedException {
        try {
            Path log = Files.createTempFile("gleaner-build", ".log");
            Process process =
                    new ProcessBuilder(new ArrayList<>(command))
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            Runnable ending = Endings.add(process::destroy);
            try {
                boolean ended = process.waitFor(MINUTES_MAX, TimeUnit.MINUTES);
                String text = Files.readString(log);
                if (!ended || process.exitValue() != 0) {
                    process.destroy();
                    throw new BenchException(
                            "'%s' failed:%n%s"
                                    .formatted(
                                            String.join(" ", command),
                                            text.substring(
                                                    Math.max(
                                                            0,
                                                            text.length()
                                                                    - LOG_CHARACTERS_SHOWN))));
                }
                return text;
            } finally {
                Endings.remove(ending);
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            throw new BenchException("'%s' cannot be run".formatted(command.getFirst()), e);
        }
    }
}
