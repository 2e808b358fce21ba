package com.foodxchange.dr.cli;

/** What a script learns from how the command ended. */
final class ExitCode {
    static final int DONE = 0;

    /** The work failed, or it was done and the answer is bad: damage found, content that differs. */
    static final int BAD = 1;

    static final int USAGE = 2;

    /** A result is there, and something of what was asked for is not in it. */
    static final int PARTLY = 3;

    static final int NO_REPOSITORY = 10;
    static final int LOCKED = 11;
    static final int WRONG_PASSWORD = 12;
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
