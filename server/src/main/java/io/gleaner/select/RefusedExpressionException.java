package io.gleaner.select;

/** An expression that could be read and is not accepted; the message says what is. */
public final class RefusedExpressionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    public RefusedExpressionException(String accepted) {
        super(accepted);
    }
}
