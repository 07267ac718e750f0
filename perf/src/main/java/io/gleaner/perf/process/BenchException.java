package io.gleaner.perf.process;

/** Why a bench cannot go on, in one sentence for the person who started it. */
public final class BenchException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public BenchException(String message) {
        super(message);
    }

    public BenchException(String message, Throwable cause) {
        super(message, cause);
    }
}
