package io.gleaner.browser;

/** A command to the browser had no good answer. */
public final class DevToolsException extends Exception {

    private static final long serialVersionUID = 1;

    /** What was wrong. */
    public enum Kind {
        /** The browser answered that it cannot. */
        REFUSED,
        /** No answer in time: the page or the whole browser hangs. */
        LATE,
        /** The browser or the page is no more. */
        GONE
    }

    private final Kind kind;

    public DevToolsException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
