package io.gleaner.cli.console;

/** What the process answers to its caller; from 64 on as in sysexits.h. */
public final class ExitCodes {

    public static final int OK = 0;

    /** The crawl is complete and some URLs gave no page. */
    public static final int SOME_FAULTS = 1;

    /** Not one page. */
    public static final int NOTHING_FETCHED = 2;

    public static final int USAGE = 64;
    public static final int UNAVAILABLE = 69;
    public static final int SOFTWARE = 70;
    public static final int IO_ERROR = 74;

    private ExitCodes() {}
}
