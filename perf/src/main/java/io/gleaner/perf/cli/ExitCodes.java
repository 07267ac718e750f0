package io.gleaner.perf.cli;

/** What the process answers to its caller; from 64 on as in sysexits.h. */
final class ExitCodes {

    static final int HOLDS = 0;
    static final int DOES_NOT_HOLD = 1;
    static final int USAGE = 64;
    static final int SOFTWARE = 70;

    private ExitCodes() {}
}
