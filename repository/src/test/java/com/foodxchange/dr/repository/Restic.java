package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real restic, run on a repository in a folder. */
record Restic(Path repository, String password) {
    /** What a run printed, both streams together. */
    record Result(int exitCode, String output) {}

    /** Skips the test where restic is missing; in CI that is a failure. */
    static void require() {
        try {
            new ProcessBuilder("restic", "version")
                    .redirectErrorStream(true)
                    .redirectOutput(new File("/dev/null"))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            if ("true".equals(System.getenv("CI"))) {
                fail("restic is not on PATH", e);
            }
            abort("restic is not on PATH");
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Runs a command that has to succeed and returns what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        Result result = tryRun(arguments);
        assertThat(result.exitCode()).as(result.output()).isZero();
        return result.output();
    }

    Result tryRun(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-r", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESTIC_PASSWORD", password);
        builder.environment().put("RESTIC_FROM_PASSWORD", password);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
