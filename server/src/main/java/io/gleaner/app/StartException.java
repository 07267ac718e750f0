package io.gleaner.app;

/** The service could not start. The message is one sentence for the operator. */
public final class StartException extends RuntimeException {

    public StartException(String message) {
        super(message);
    }

    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
