package com.foodxchange.dr.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the repository's password comes from; never from the command line, which every user of the machine can read. */
final class PasswordSource {
    private static final String WAYS =
            "set DR_PASSWORD, or give --password-file FILE or --password-command COMMAND; on a terminal it is asked for";

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "the repository's password is the first line of FILE, '-' for standard input")
    @Nullable
    Path file;

    @Option(
            names = "--password-command",
            paramLabel = "COMMAND",
            description = "the repository's password is the first line that this shell command prints")
    @Nullable
    String command;

    /** The password of a repository that exists. */
    char[] password(Surroundings surroundings) throws IOException, InterruptedException {
        char[] given = given(surroundings);
        return given != null ? given : asked(surroundings, "password of the repository: ");
    }

    /** The password that a new repository gets: on a terminal it has to be typed twice. */
    char[] newPassword(Surroundings surroundings) throws IOException, InterruptedException {
        char[] given = given(surroundings);
        if (given != null) {
            return given;
        }
        char[] first = asked(surroundings, "password for the new repository: ");
        char[] second = asked(surroundings, "the same again: ");
        if (!Arrays.equals(first, second)) {
            throw new UsageException("the two passwords are not the same", "type the same password twice");
        }
        return first;
    }

    private char @Nullable [] given(Surroundings surroundings) throws IOException, InterruptedException {
        if (file != null && command != null) {
            throw new UsageException("--password-file and --password-command exclude each other", "give one of them");
        }
        if (file != null) {
            return notEmpty(firstLine(content(file, surroundings), "the password file"), "the password file " + file);
        }
        if (command != null) {
            return notEmpty(firstLine(run(command), "the password command"), "the password command's output");
        }
        String variable = surroundings.variable("DR_PASSWORD");
        return variable == null ? null : variable.toCharArray();
    }

    private static char[] asked(Surroundings surroundings, String question) {
        if (!surroundings.prompt().available()) {
            throw new UsageException("no password for the repository, and no terminal to ask on", WAYS);
        }
        char[] typed = surroundings.prompt().password(question);
        return notEmpty(typed == null ? new char[0] : typed, "the password typed");
    }

    private static byte[] content(Path file, Surroundings surroundings) throws IOException {
        if (file.toString().equals("-")) {
            return surroundings.in().readAllBytes();
        }
        try {
            return Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            throw new UsageException("there is no password file " + file, WAYS);
        } catch (IOException e) {
            throw new UsageException(
                    "the password file " + file + " can not be read", "check what it is and its permissions");
        }
    }

    /** By the shell, so that it may have arguments and pipes; what it says on standard error is seen. */
    private static byte[] run(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command)
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            byte[] bytes = output.readAllBytes();
            int code = process.waitFor();
            if (code != 0) {
                throw new UsageException(
                        "the password command failed with exit code " + code, "run it by itself: " + command);
            }
            return bytes;
        } finally {
            process.destroy();
        }
    }

    private static char[] firstLine(byte[] bytes, String what) {
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
        } catch (CharacterCodingException e) {
            throw new UsageException(what + " does not give UTF-8 text", WAYS);
        }
        int end = 0;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        char[] line = new char[end];
        text.get(0, line);
        return line;
    }

    private static char[] notEmpty(char[] password, String what) {
        if (password.length == 0) {
            throw new UsageException(what + " is empty", WAYS);
        }
        return password;
    }
}
