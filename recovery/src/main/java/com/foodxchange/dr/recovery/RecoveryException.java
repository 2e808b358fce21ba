package com.foodxchange.dr.recovery;

/** Something about the backups of a source that stops the work, with what to do about it. */
public final class RecoveryException extends RuntimeException {
    private final Kind kind;
    private final String hint;

    /** What went wrong, as far as a caller reacts differently to it. */
    public enum Kind {
        /** The repository has no backup of that source, or of several, and none was named. */
        UNKNOWN_SOURCE,
        /** No backup reaches the moment; the hint names the nearest ones that can be restored. */
        OUTSIDE_WINDOW,
        /** An incremental backup was asked for and nothing is there that it could continue. */
        NOTHING_TO_CONTINUE,
        /** Another process follows the same source. */
        BUSY,
        /** What a backup says of itself cannot be read. */
        DAMAGED,
        /** What was asked for makes no sense. */
        INVALID
    }

    /** {@code message}: one sentence, lower case, no full stop; {@code hint}: what to do next. */
    public RecoveryException(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public RecoveryException(Kind kind, String message, String hint, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    public Kind kind() {
        return kind;
    }

    public String hint() {
        return hint;
    }
}
