package io.gleaner.extract;

import io.gleaner.select.OverrunException;

/** A page or an expression met a limit: expected with hostile ones, not a bug. */
public final class ExtractionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String limit;

    ExtractionException(String limit, long allowed) {
        super("the page is over the limit %s = %,d".formatted(limit, allowed));
        this.limit = limit;
    }

    ExtractionException(IllegalArgumentException refusal) {
        super(
                "an expression of the job is not accepted any more: " + refusal.getMessage(),
                refusal);
        this.limit = "expression";
    }

    ExtractionException(OverrunException overrun) {
        super(overrun.getMessage(), overrun);
        this.limit = overrun.limit();
    }

    /** The name of the limit in {@link ExtractConfig}, {@code timeout} or {@code expression}. */
    public String limit() {
        return limit;
    }
}
