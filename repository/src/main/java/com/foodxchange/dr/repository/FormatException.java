package com.foodxchange.dr.repository;

/** Bytes that do not have the form that the format demands; where they lie is for the catcher to say. */
final class FormatException extends Exception {
    FormatException(String message) {
        super(message);
    }

    FormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
