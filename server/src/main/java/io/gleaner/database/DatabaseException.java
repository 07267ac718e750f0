package io.gleaner.database;

/** The database could not do what was asked. The message names the cause and the cure. */
public final class DatabaseException extends RuntimeException {

    private final boolean refusal;

    public DatabaseException(String message) {
        super(message);
        this.refusal = false;
    }

    public DatabaseException(String message, Throwable cause) {
        this(message, cause, false);
    }

    private DatabaseException(String message, Throwable cause, boolean refusal) {
        super(message, cause);
        this.refusal = refusal;
    }

    static DatabaseException refusal(String message, Throwable cause) {
        return new DatabaseException(message, cause, true);
    }

    /**
     * Whether the database is well and does not take what it was given: the same will be refused
     * again. Else it may be taken later.
     */
    public boolean isRefusal() {
        return refusal;
    }
}
