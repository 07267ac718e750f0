package io.gleaner.extract;

import io.gleaner.job.FaultCode;
import io.gleaner.select.OverrunException;

/** A page or an expression met a limit: expected with hostile ones, not a bug. */
public final class ExtractionException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String limit;
    private final FaultCode code;

    /** A document that cannot be read. */
    public ExtractionException(FaultCode code, String why) {
        super(why);
        this.limit = "document";
        this.code = code;
    }

    ExtractionException(String limit, long allowed) {
        super("the page is over the limit %s = %,d".formatted(limit, allowed));
        this.limit = limit;
        this.code = FaultCode.EXTRACTION_FAILED;
    }

    ExtractionException(IllegalArgumentException refusal) {
        super(
                "an expression of the job is not accepted any more: " + refusal.getMessage(),
                refusal);
        this.limit = "expression";
        this.code = FaultCode.EXTRACTION_FAILED;
    }

    ExtractionException(OverrunException overrun) {
        super(overrun.getMessage(), overrun);
        this.limit = overrun.limit();
        this.code = FaultCode.EXTRACTION_FAILED;
    }

    /** What it comes to as a page's fault. */
    public FaultCode code() {
        return code;
    }

    /**
     * The name of the limit in {@link ExtractConfig}, {@code timeout}, {@code expression} or {@code
     * document}.
     */
    public String limit() {
        return limit;
    }
}
