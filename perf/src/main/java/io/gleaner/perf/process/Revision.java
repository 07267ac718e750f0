package io.gleaner.perf.process;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Which sources are measured. */
public record Revision(String commit, boolean dirty) {

    private static final long SECONDS_MAX = 10;

    /** Of the repository around the current folder; "unknown" outside of one. */
    public static Revision here() throws InterruptedException {
        String commit = git("rev-parse", "HEAD");
        return new Revision(
                commit.isEmpty() ? "unknown" : commit,
                !git("status", "--porcelain", "--untracked-files=no").isEmpty());
    }

    private static String git(String... arguments) throws InterruptedException {
        var command = new java.util.ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git =
                    new ProcessBuilder(command)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (var reader = git.inputReader()) {
                String output = String.join("\n", reader.lines().toList());
                return git.waitFor(SECONDS_MAX, TimeUnit.SECONDS) && git.exitValue() == 0
                        ? output.strip()
                        : "";
            }
        } catch (IOException e) {
            return "";
        }
    }
}
