package io.gleaner.database;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The database could not do what was asked. The message names the cause and the cure. */
public final class DatabaseException extends RuntimeException {

    /** What is known of it besides the cause. */
    private enum Kind {
        OTHER,
        REFUSAL,
        OUTAGE
    }

    private final Kind kind;

    public DatabaseException(String message) {
        super(message);
        this.kind = Kind.OTHER;
    }

    public DatabaseException(String message, Throwable cause) {
        this(message, cause, Kind.OTHER);
    }

    private DatabaseException(String message, @Nullable Throwable cause, Kind kind) {
        super(message, cause);
        this.kind = kind;
    }

    static DatabaseException refusal(String message, Throwable cause) {
        return new DatabaseException(message, cause, Kind.REFUSAL);
    }

    static DatabaseException outage(String message) {
        return new DatabaseException(message, null, Kind.OUTAGE);
    }

    /**
     * Whether the database is well and does not take what it was given: the same will be refused
     * again. Else it may be taken later.
     */
    public boolean isRefusal() {
        return kind == Kind.REFUSAL;
    }

    /** Whether the database was known to be away before it was asked: the log says so already. */
    public boolean isKnownOutage() {
        return kind == Kind.OUTAGE;
    }

    /**
     * Warns of it, unless it is a known outage: that is said once, when it begins.
     *
     * @param what did not happen, for people
     */
    public void warn(Logger log, String what) {
        if (isKnownOutage()) {
            log.debug("{}: {}", what, getMessage());
        } else {
            log.warn("{}: {}", what, getMessage());
        }
    }
}
