package com.foodxchange.dr.cli;

import java.io.Console;
import org.jspecify.annotations.Nullable;

/** Asks on the process's own terminal. */
@SuppressWarnings("SystemConsoleNull") // null with jdk.console=java.base, and on Java 21, unless both are terminals
final class ConsolePrompt implements Prompt {
    private final boolean terminal;
    private volatile boolean waiting;

    /** {@code terminal}: whether standard input and standard output are one. */
    ConsolePrompt(boolean terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean waiting() {
        return waiting;
    }

    @Override
    public boolean available() {
        return terminal && System.console() != null;
    }

    @Override
    public @Nullable String line(String question) {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        waiting = true;
        try {
            return console.readLine("%s", question);
        } finally {
            waiting = false;
        }
    }

    @Override
    public char @Nullable [] password(String question) {
        Console console = System.console();
        if (console == null) {
            return null;
        }
        waiting = true;
        try {
            return console.readPassword("%s", question);
        } finally {
            waiting = false;
        }
    }
}
