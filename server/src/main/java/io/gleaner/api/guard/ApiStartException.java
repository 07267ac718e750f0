package io.gleaner.api.guard;

import org.jspecify.annotations.Nullable;

/** The server cannot listen. The message is one sentence for people: what is wrong and the cure. */
public final class ApiStartException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ApiStartException(String message) {
        super(message);
    }

    public ApiStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
