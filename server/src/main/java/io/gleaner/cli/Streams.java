package io.gleaner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;

/**
 * Where a command writes.
 *
 * @param out answers, in UTF-8 whatever the locale says
 * @param err everything else
 * @param terminal a person watches {@code err}
 */
record Streams(PrintStream out, PrintStream err, boolean terminal) {

    /** The process's own; only the launcher can tell whether stderr is a terminal. */
    static Streams ofProcess() {
        return new Streams(
                new PrintStream(new FileOutputStream(FileDescriptor.out), false, UTF_8),
                new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8),
                Boolean.getBoolean("gleaner.terminal"));
    }

    /** One line on stdout for whoever waits for it. */
    void announce(String line) {
        write(out, line);
    }

    /** One line on stderr that says who speaks. */
    void say(String line) {
        complain("gleaner", line);
    }

    /** One line on stderr for which somebody else is named. */
    void complain(String who, String line) {
        write(err, who + ": " + line);
    }

    // In one write: processes and threads share a pipe or a file, and what is written in pieces, as
    // printf does, has other lines in its midst.
    private static void write(PrintStream stream, String line) {
        stream.writeBytes((line + System.lineSeparator()).getBytes(UTF_8));
        stream.flush();
    }
}
