package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;

/**
 * Why a command did not do what it was asked to.
 *
 * @param kind for programs, in upper case: {@code LOCKED}
 * @param hint what to do next; may be empty
 */
record Failure(int exitCode, String kind, String message, String hint) {
    /** Tells people on standard error, and programs on standard output as well. */
    void show(Screen screen) {
        screen.note(Style.BAD, "dr: " + message);
        if (!hint.isEmpty()) {
            screen.note("HINT: " + hint);
        }
        if (screen.json()) {
            Json json = Json.object().put("exitCode", exitCode).put("kind", kind);
            screen.emit("error", json.put("message", message).put("hint", hint));
        }
    }
}
