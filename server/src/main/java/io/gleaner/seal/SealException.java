package io.gleaner.seal;

import org.jspecify.annotations.Nullable;

/** Something cannot be sealed or opened: one sentence with cause and cure, and no secret. */
public final class SealException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    SealException(String message) {
        this(message, null);
    }

    SealException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
