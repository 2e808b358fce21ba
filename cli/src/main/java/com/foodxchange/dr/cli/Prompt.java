package com.foodxchange.dr.cli;

import org.jspecify.annotations.Nullable;

/** Asks the person at the terminal. */
interface Prompt {
    /** Whether an answer is being waited for, which an interrupt does not end. */
    boolean waiting();

    /** Whether there is somebody to ask. */
    boolean available();

    /** The line typed; null at the end of the input. */
    @Nullable
    String line(String question);

    /** The line typed, not shown; null at the end of the input. */
    char @Nullable [] password(String question);
}
