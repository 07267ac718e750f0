package io.gleaner.perf.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * A commit of this repository, built in a work tree of its own by its own launcher. The jar is kept
 * under {@code perf/target/builds}, so that a commit is built once.
 */
public final class Build {

    private static final Path BUILDS = Path.of("perf", "target", "builds").toAbsolutePath();
    private static final Path HERE = Path.of(".");
    private static final Duration LONGEST = Duration.ofMinutes(15);

    private Build() {}

    /** The full name of a commit, branch or tag. */
    public static String commit(String name) throws InterruptedException {
        try {
            return Command.output(
                            List.of("git", "rev-parse", "--verify", name + "^{commit}"),
                            HERE,
                            LONGEST)
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
            Command.output(
                    List.of(
                            "git",
                            "worktree",
                            "add",
                            "--force",
                            "--detach",
                            tree.toString(),
                            commit),
                    HERE,
                    LONGEST);
            Command.output(List.of(tree.resolve("gleaner").toString(), "version"), tree, LONGEST);
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
            Command.output(
                    List.of("git", "worktree", "remove", "--force", tree.toString()),
                    HERE,
                    LONGEST);
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
