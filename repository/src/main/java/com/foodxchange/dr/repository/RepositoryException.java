package com.foodxchange.dr.repository;

import java.io.IOException;

/** Something about a repository that stops the work, with what to do about it. */
public final class RepositoryException extends RuntimeException {
    private final Kind kind;
    private final String hint;

    /** What went wrong, as far as a caller reacts differently to it. */
    public enum Kind {
        /** There is no repository at this place. */
        NO_REPOSITORY,
        /** There is one already, where a new one was to be made. */
        EXISTS,
        /** No key file opens with the password. */
        WRONG_PASSWORD,
        /** Another process holds a lock that forbids what was asked for. */
        LOCKED,
        /** Bytes are missing, or are not what they have to be. */
        DAMAGED,
        /** Reading or writing failed: no space, no permission, a failing disk. */
        STORAGE,
        /** What was asked for is not there, or makes no sense. */
        INVALID
    }

    /** {@code message}: one sentence, lower case, no full stop; {@code hint}: what to do next. */
    public RepositoryException(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public RepositoryException(Kind kind, String message, String hint, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    /** Bytes that are missing or wrong. */
    static RepositoryException damaged(String message) {
        return new RepositoryException(Kind.DAMAGED, message, "run a check to see what else is hit");
    }

    /** A failure of the storage under the repository while doing {@code what}, such as "cannot save pack 12ab". */
    static RepositoryException storage(String what, IOException cause) {
        String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return new RepositoryException(
                Kind.STORAGE,
                what + ": " + reason,
                "check free space, permissions and the disk, then try again",
                cause);
    }

    public Kind kind() {
        return kind;
    }

    public String hint() {
        return hint;
    }
}
