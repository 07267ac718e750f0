package io.gleaner.render.document;

/** The page is no more: its process ended, or the whole browser. */
public final class PageLost extends Exception {

    private static final long serialVersionUID = 1;

    private final boolean crashed;

    public PageLost(boolean crashed) {
        super(crashed ? "the page's process ended" : "the browser ended");
        this.crashed = crashed;
    }

    /** Whether it was the page's own process, and not the browser. */
    public boolean crashed() {
        return crashed;
    }
}
