package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PasswordTest {
    @TempDir
    Path folder;

    private final Shell shell = new Shell().without("DR_PASSWORD");

    private Path repository;

    @BeforeEach
    void nameRepository() {
        repository = folder.resolve("repository");
        shell.with("DR_REPO", repository.toString());
    }

    @Test
    void aNewPasswordIsTypedTwiceAndOpensTheRepository() {
        shell.typing("geheim", "geheim", "geheim");

        shell.run("init").done();
        shell.run("snapshots").done();
    }

    @Test
    void twoDifferentNewPasswordsMakeNoRepository() {
        shell.typing("geheim", "geheum").run("init").failed(2, "not the same", "twice");

        assertThat(repository).doesNotExist();
    }

    @Test
    void withoutATerminalAMissingPasswordIsNotWaitedFor() {
        shell.run("init").failed(2, "no password", "DR_PASSWORD");
    }

    @Test
    void aFileACommandAndAVariableGiveTheSamePassword() throws IOException {
        Path file = Files.writeString(folder.resolve("password"), "geheim\nsecond line\n");

        shell.run("init", "--password-file", file).done();
        shell.run("snapshots", "--password-command", "printf 'geh'; echo eim").done();
        shell.standardInput("geheim\n").run("snapshots", "--password-file", "-").done();
        shell.with("DR_PASSWORD", "geheim").run("snapshots").done();
        shell.with("DR_PASSWORD", "other")
                .run("snapshots", "--password-file", file)
                .done();
    }

    @Test
    void aWrongPasswordHasItsOwnExitCode() {
        shell.with("DR_PASSWORD", "geheim").run("init").done();

        shell.with("DR_PASSWORD", "falsch").run("snapshots").failed(12, "password", "check the password");
    }

    @Test
    void aSourceThatGivesNoPasswordIsToldApartFromAWrongOne() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));

        shell.run("snapshots", "--password-file", empty).failed(2, "is empty", "--password-file");
        shell.run("snapshots", "--password-file", folder.resolve("none")).failed(2, "no password file", "DR_PASSWORD");
        shell.run("snapshots", "--password-command", "exit 3").failed(2, "exit code 3", "run it by itself");
        shell.run("snapshots", "--password-command", "x", "--password-file", empty)
                .failed(2, "exclude each other", "one of them");
    }

    @Test
    void thereIsNoOptionThatTakesAPassword() {
        shell.run("snapshots", "--password", "geheim").failed(2, "'--password'", "--password-file");
    }
}
