package io.gleaner.cli.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a command writes.
 *
 * @param out answers, in UTF-8 whatever the locale says
 * @param err everything else
 * @param terminal a person watches {@code err}
 * @param help where help goes, which has colours on a terminal and nothing of others in it
 */
public record Streams(PrintStream out, PrintStream err, boolean terminal, PrintStream help) {

    public Streams(PrintStream out, PrintStream err, boolean terminal) {
        this(out, err, terminal, out);
    }

    /** The process's own; only the launcher can tell which of them is a terminal. */
    public static Streams ofProcess() {
        var out = new FileOutputStream(FileDescriptor.out);
        var err = new FileOutputStream(FileDescriptor.err);
        return new Streams(
                new PrintStream(
                        safe(out, Boolean.getBoolean("gleaner.terminal.out")), false, UTF_8),
                new PrintStream(safe(err, Boolean.getBoolean("gleaner.terminal.err")), true, UTF_8),
                Boolean.getBoolean("gleaner.terminal"),
                new PrintStream(out, false, UTF_8));
    }

    private static OutputStream safe(OutputStream stream, boolean terminal) {
        return terminal ? new TerminalOutput(stream) : stream;
    }

    /** One line on stdout for whoever waits for it; of a log in JSON, a line of that. */
    public void announce(String line) {
        if (Logs.areJson()) {
            log().info(line);
        } else {
            write(out, line);
        }
    }

    /**
     * Says why nothing goes on, and ends the process: what was accepted is in the database, and the
     * next start finds it.
     */
    public void endFor(String reason) {
        say(reason);
        Runtime.getRuntime().halt(ExitCodes.UNAVAILABLE);
    }

    /** One line on stderr that says who speaks; of a log in JSON, a line of that. */
    public void say(String line) {
        if (Logs.areJson()) {
            log().info(line);
        } else {
            write(err, "gleaner: " + line);
        }
    }

    /** Why a command ends: one line on stderr that names it, or an error in a log in JSON. */
    public void complain(String who, String line) {
        if (Logs.areJson()) {
            log().error("{}: {}", who, line);
        } else {
            write(err, who + ": " + line);
        }
    }

    private static Logger log() {
        return LoggerFactory.getLogger(Streams.class);
    }

    // In one write: processes and threads share a pipe or a file, and what is written in pieces, as
    // printf does, has other lines in its midst.
    private static void write(PrintStream stream, String line) {
        stream.writeBytes((line + System.lineSeparator()).getBytes(UTF_8));
        stream.flush();
    }
}
