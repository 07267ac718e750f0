package io.gleaner.cli.console;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A command that cannot go on, with its exit code and one sentence for the person who typed it. */
public final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    private CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public static CommandFailure usage(String message) {
        return new CommandFailure(ExitCodes.USAGE, message, null);
    }

    /** The queue takes no more now. */
    public static CommandFailure busy(Duration retryAfter) {
        return unavailable(
                "too many URLs are queued already; try again in %d s"
                        .formatted(Math.max(1, retryAfter.toSeconds())));
    }

    public static CommandFailure unavailable(String message) {
        return new CommandFailure(ExitCodes.UNAVAILABLE, message, null);
    }

    /** The page that was asked for did not come. */
    public static CommandFailure nothing(String message) {
        return new CommandFailure(ExitCodes.NOTHING_FETCHED, message, null);
    }

    /** A file that cannot be written; {@code after} says what that means for the work done. */
    public static CommandFailure output(Path file, IOException cause, String after) {
        return new CommandFailure(
                ExitCodes.IO_ERROR,
                "cannot write %s: %s%s".formatted(file, reason(cause), after),
                cause);
    }

    public int exitCode() {
        return exitCode;
    }

    // The JDK gives the common causes a class instead of a text.
    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException denied -> "permission denied";
            case FileSystemException system when system.getReason() != null -> system.getReason();
            case FileSystemException system ->
                    system.getClass().getSimpleName().replace("Exception", "")
                            + " "
                            + system.getFile();
            default ->
                    cause.getMessage() == null
                            ? cause.getClass().getSimpleName()
                            : cause.getMessage();
        };
    }
}
