package io.gleaner.extract;

import io.gleaner.select.OverrunException;

/** The page met a limit of {@link ExtractConfig}: expected with hostile pages, not a bug. */
public final class ExtractionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String limit;

    ExtractionException(String limit, long allowed) {
        super("the page is over the limit %s = %,d".formatted(limit, allowed));
        this.limit = limit;
    }

    ExtractionException(OverrunException overrun) {
        super(overrun.getMessage(), overrun);
        this.limit = overrun.limit();
    }

    /** The name of the limit in {@link ExtractConfig}, or the page's own {@code timeout}. */
    public String limit() {
        return limit;
    }
}
