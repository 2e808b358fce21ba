package com.foodxchange.dr.sandbox;

import org.jspecify.annotations.Nullable;

/** What the server answers instead of a result: code, its name and a sentence, as MongoDB words them. */
final class CommandException extends RuntimeException {
    private final int code;
    private final String codeName;
    private final @Nullable Value details;

    CommandException(int code, String codeName, String message) {
        this(code, codeName, message, null);
    }

    /** {@code details} is a document whose fields the answer gets as well. */
    CommandException(int code, String codeName, String message, @Nullable Value details) {
        super(message, null, false, false);
        this.code = code;
        this.codeName = codeName;
        this.details = details;
    }

    static CommandException badValue(String message) {
        return new CommandException(2, "BadValue", message);
    }

    static CommandException failedToParse(String message) {
        return new CommandException(9, "FailedToParse", message);
    }

    static CommandException typeMismatch(String message) {
        return new CommandException(14, "TypeMismatch", message);
    }

    static CommandException illegalOperation(String message) {
        return new CommandException(20, "IllegalOperation", message);
    }

    static CommandException noNamespace(String message) {
        return new CommandException(26, "NamespaceNotFound", message);
    }

    static CommandException notSupported(String message) {
        return new CommandException(115, "CommandNotSupported", message);
    }

    int code() {
        return code;
    }

    String codeName() {
        return codeName;
    }

    @Nullable
    Value details() {
        return details;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
