package com.foodxchange.dr.cli;

/** The command line asks for something that makes no sense, whatever the world is like. */
final class UsageException extends RuntimeException {
    private final String hint;

    /** {@code message}: one sentence, lower case, no full stop; {@code hint}: what to do next. */
    UsageException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    String hint() {
        return hint;
    }
}
