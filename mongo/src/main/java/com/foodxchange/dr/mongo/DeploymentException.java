package com.foodxchange.dr.mongo;

/** Something about a MongoDB deployment or a dump of it that stops the work, with what to do about it. */
public final class DeploymentException extends RuntimeException {
    private final Kind kind;
    private final String hint;

    /** What went wrong, as far as a caller reacts differently to it. */
    public enum Kind {
        /** No server answers at the URI, or it went away and did not come back. */
        UNREACHABLE,
        /** The server refused the credentials. */
        AUTHENTICATION,
        /** The credentials lack a privilege. */
        UNAUTHORIZED,
        /** A kind of deployment or a version that is not supported, such as mongos. */
        UNSUPPORTED,
        /** The oplog no longer holds the entry that the next slice has to start after. */
        OPLOG_GAP,
        /** The entry that the last slice ended with is not in the oplog any more: another history. */
        ROLLBACK,
        /** An oplog entry that nobody can replay without knowing what it means. */
        UNKNOWN_ENTRY,
        /** The target holds data that a restore would overwrite. */
        TARGET_NOT_EMPTY,
        /** Bytes that are not what they have to be. */
        CORRUPT,
        /** What was asked for is not there, or makes no sense. */
        INVALID,
        /** The server refused or failed an operation for another reason. */
        FAILED
    }

    /** {@code message}: one sentence, lower case, no full stop; {@code hint}: what to do next. */
    public DeploymentException(Kind kind, String message, String hint) {
        super(message);
        this.kind = kind;
        this.hint = hint;
    }

    public DeploymentException(Kind kind, String message, String hint, Throwable cause) {
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
