package com.foodxchange.dr.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whose backups. */
final class SourceOption {
    @Option(
            names = "--source",
            paramLabel = "NAME",
            description = "whose backups; needed only where the repository holds those of several")
    @Nullable
    String name;
}
