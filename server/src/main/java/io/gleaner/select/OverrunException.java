package io.gleaner.select;

/** A page took more than it may: expected with hostile pages and expressions, not a bug. */
public final class OverrunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String limit;

    /**
     * @param limit its name
     * @param allowed as people read it
     */
    public OverrunException(String limit, String allowed) {
        super("the page is over the limit %s = %s".formatted(limit, allowed), null, false, false);
        this.limit = limit;
    }

    public String limit() {
        return limit;
    }
}
