package com.foodxchange.dr.repository;

/** Bytes that do not have the form that the format demands; where they lie is for the catcher to say. */
final class FormatException extends Exception {
    private final String reason;

    FormatException(String message) {
        super(message);
        reason = message;
    }

    FormatException(String message, Throwable cause) {
        super(message, cause);
        reason = message;
    }

    /** The message. */
    String reason() {
        return reason;
    }
}
