package io.gleaner.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Locale;

/** The embedded database cannot serve. The message is one sentence with the cause and the cure. */
public final class EmbeddedPostgresException extends RuntimeException {

    private final String logTail;

    EmbeddedPostgresException(String message) {
        this(message, "");
    }

    EmbeddedPostgresException(String message, String logTail) {
        super(message);
        this.logTail = logTail;
    }

    private EmbeddedPostgresException(String message, IOException cause) {
        super(message, cause);
        this.logTail = "";
    }

    /** The last lines that the server or initdb wrote; empty when it did not get that far. */
    public String logTail() {
        return logTail;
    }

    /**
     * Says what a failed file operation means to the person who started Gleaner.
     *
     * @param doing what was tried, to be read after "could not"
     */
    static EmbeddedPostgresException of(String doing, Path where, IOException cause) {
        String reason = String.valueOf(cause.getMessage());
        String lower = reason.toLowerCase(Locale.ROOT);
        String sentence;
        if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            sentence = diskFull(where);
        } else if (cause instanceof AccessDeniedException
                || lower.contains("permission denied")
                || lower.contains("operation not permitted")) {
            sentence =
                    "Gleaner may not write in %s as user %s (could not %s): change its owner, or use another data folder."
                            .formatted(where, System.getProperty("user.name"), doing);
        } else if (lower.contains("read-only file system")) {
            sentence =
                    "%s is on a read-only file system (could not %s): use another data folder."
                            .formatted(where, doing);
        } else {
            sentence =
                    "Could not %s in %s: %s (%s)."
                            .formatted(doing, where, reason, cause.getClass().getSimpleName());
        }
        return new EmbeddedPostgresException(sentence, cause);
    }

    static String diskFull(Path where) {
        return "The disk of %s is full: free some space and start again, nothing was damaged."
                .formatted(where);
    }
}
