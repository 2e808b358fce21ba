package com.foodxchange.dr.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the command as a process of its own, as {@code ./dr} does, with a repository and a deployment in its environment. */
final class DrProcess {
    static final String PASSWORD = "acceptance";

    private final Path directory;
    private final Map<String, String> environment;

    /** What an ended process said and returned. */
    record Result(int exit, String output) {}

    DrProcess(Path directory, Path repository, String uri) {
        this.directory = directory;
        this.environment = Map.of(
                "DR_PASSWORD",
                PASSWORD,
                "DR_REPO",
                repository.toString(),
                "DR_URI",
                uri,
                "RESTIC_REPOSITORY",
                repository.toString(),
                "RESTIC_PASSWORD",
                PASSWORD,
                "XDG_STATE_HOME",
                directory.resolve("state").toString());
    }

    Result run(List<String> arguments) throws IOException, InterruptedException {
        int exit = start(arguments).waitFor();
        return new Result(exit, Files.readString(log()));
    }

    private Path log() {
        return directory.resolve("log");
    }

    Process start(List<String> arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.foodxchange.dr.cli.Main"));
        line.addAll(arguments);
        return launch(line);
    }

    /** Runs any other program in the same environment. */
    Result runOther(List<String> line) throws IOException, InterruptedException {
        int exit = launch(line).waitFor();
        return new Result(exit, Files.readString(log()));
    }

    private Process launch(List<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(line).directory(directory.toFile());
        builder.environment().putAll(environment);
        return builder.redirectErrorStream(true).redirectOutput(log().toFile()).start();
    }
}
