package io.gleaner.database;

/** The database could not do what was asked. The message names the cause and the cure. */
public final class DatabaseException extends RuntimeException {

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
