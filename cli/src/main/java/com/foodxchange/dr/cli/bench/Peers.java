package com.foodxchange.dr.cli.bench;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools that people use today, where this machine has them. */
final class Peers {
    private final Path folder;
    private final Map<String, String> variables;

    /** {@code folder}: for what they write. */
    Peers(Path folder, Map<String, String> variables) {
        this.folder = folder;
        this.variables = variables;
    }

    /** The program on PATH; null when it is not there. */
    @Nullable
    Path find(String program) {
        for (String part : variables.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(part.isEmpty() ? "." : part, program);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        return null;
    }

    void dump(Path mongodump, String uri, String database, Path to) throws IOException, InterruptedException {
        run(List.of(mongodump.toString(), config(uri), "--quiet", "--db=" + database, "--out=" + to));
    }

    void restore(Path mongorestore, String uri, String from, String to, Path tree)
            throws IOException, InterruptedException {
        run(List.of(
                mongorestore.toString(),
                config(uri),
                "--quiet",
                "--nsInclude=" + from + ".*",
                "--nsFrom=" + from + ".*",
                "--nsTo=" + to + ".*",
                tree.toString()));
    }

    void resticInit(Path restic) throws IOException, InterruptedException {
        run(List.of(restic.toString(), "--quiet", "--no-cache", "-r", repository(), "init"));
    }

    void resticBackup(Path restic, Path tree) throws IOException, InterruptedException {
        run(List.of(restic.toString(), "--quiet", "--no-cache", "-r", repository(), "backup", tree.toString()));
    }

    private String repository() {
        return folder.resolve("restic").toString();
    }

    /** A file that only this user can read: others see the arguments of a process. */
    private String config(String uri) throws IOException {
        Path file = folder.resolve("tools.yaml");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "uri: '" + uri.replace("'", "''") + "'\n", StandardCharsets.UTF_8);
        }
        return "--config=" + file;
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("tools.log");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("RESTIC_PASSWORD", "bench");
        Process process = builder.start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
                String last = lines.isEmpty() ? "it said nothing" : lines.getLast();
                throw new IOException(command.getFirst() + " ended with exit code " + code + ": " + last);
            }
        } finally {
            process.destroy();
        }
    }
}
