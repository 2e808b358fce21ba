package com.foodxchange.dr.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where this machine keeps what is not in a repository yet. */
final class StateOption {
    private final Surroundings surroundings;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            description =
                    "where this machine spools what it follows (or DR_STATE; default ~/.local/state/foodxchange-dr)")
    @Nullable
    Path folder;

    StateOption(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Path folder() {
        if (folder != null) {
            return folder;
        }
        String own = surroundings.variable("DR_STATE");
        if (own != null) {
            return Path.of(own);
        }
        String state = surroundings.variable("XDG_STATE_HOME");
        Path base = state != null ? Path.of(state) : Path.of(System.getProperty("user.home"), ".local", "state");
        return base.resolve("foodxchange-dr");
    }
}
