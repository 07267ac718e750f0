package io.gleaner.cli;

/** What the process answers to its caller; from 64 on as in sysexits.h. */
final class ExitCodes {

    static final int OK = 0;

    /** The crawl is complete and some URLs gave no page. */
    static final int SOME_FAULTS = 1;

    /** Not one page. */
    static final int NOTHING_FETCHED = 2;

    static final int USAGE = 64;
    static final int UNAVAILABLE = 69;
    static final int SOFTWARE = 70;
    static final int IO_ERROR = 74;

    private ExitCodes() {}
}
