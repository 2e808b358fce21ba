package com.foodxchange.dr.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/** The process of the {@code dr} command. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Surroundings surroundings = Surroundings.ofProcess();
        silenceLibraries(surroundings.debugging());
        Stop.exitAfter(surroundings, () -> DrCommand.run(surroundings, arguments));
    }

    /** What libraries log is for whoever looks for a defect. */
    private static void silenceLibraries(boolean debugging) {
        String configuration =
                debugging ? "handlers=java.util.logging.ConsoleHandler\n.level=INFO\n" : "handlers=\n.level=OFF\n";
        try {
            LogManager.getLogManager()
                    .readConfiguration(new ByteArrayInputStream(configuration.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            throw new IllegalStateException("a configuration in memory can be read", e);
        }
    }
}
