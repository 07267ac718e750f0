package io.gleaner.store;

/** The database could not do what was asked. The message names the cause and the cure. */
public final class StoreException extends RuntimeException {

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
