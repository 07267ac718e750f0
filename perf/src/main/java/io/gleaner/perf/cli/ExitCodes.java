package io.gleaner.perf.cli;

import io.gleaner.perf.report.Verdict;

/** What the process answers to its caller; from 64 on as in sysexits.h. */
final class ExitCodes {

    static final int HOLDS = 0;
    static final int DOES_NOT_HOLD = 1;

    /** EX_TEMPFAIL: nothing failed, but this machine cannot tell of all of it whether it holds. */
    static final int NOT_MEASURABLE = 75;

    static final int USAGE = 64;
    static final int SOFTWARE = 70;

    private ExitCodes() {}

    static int of(Verdict.Outcome outcome) {
        return switch (outcome) {
            case HOLDS -> HOLDS;
            case FAILS -> DOES_NOT_HOLD;
            case NOT_MEASURABLE -> NOT_MEASURABLE;
        };
    }
}
