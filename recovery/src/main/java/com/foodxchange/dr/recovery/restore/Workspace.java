package com.foodxchange.dr.recovery.restore;

import java.nio.file.Path;

/**
 * What joining a backup and its slices may use.
 *
 * @param folder where changes go that do not fit in memory, in a file that is gone afterwards
 * @param memoryBytes how much of the heap changes may take
 */
public record Workspace(Path folder, long memoryBytes) {
    /** The system's folder for temporary files and a quarter of the heap. */
    public static Workspace standard() {
        return new Workspace(
                Path.of(System.getProperty("java.io.tmpdir")),
                Runtime.getRuntime().maxMemory() / 4);
    }
}
