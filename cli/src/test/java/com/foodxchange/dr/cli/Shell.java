package com.foodxchange.dr.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.cli.output.Look;
import com.foodxchange.dr.cli.output.Screen;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/** Runs commands in this process, as a terminal or a script would. */
final class Shell {
    static final String PASSWORD = "correct horse";

    private final Map<String, String> variables = new HashMap<>();
    private final Deque<String> typed = new ArrayDeque<>();
    private String input = "";
    private boolean terminal;

    Shell() {
        variables.put("DR_PASSWORD", PASSWORD);
    }

    Shell with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    Shell without(String variable) {
        variables.remove(variable);
        return this;
    }

    /** From now on somebody sits at a terminal and types these lines when asked. */
    Shell typing(String... lines) {
        terminal = true;
        typed.addAll(List.of(lines));
        return this;
    }

    Shell standardInput(String text) {
        input = text;
        return this;
    }

    /** How a command ended and what it said. */
    record Run(int exitCode, String out, String err) {
        /** One sentence, one hint, the exit code, and nothing that only a programmer understands. */
        Run failed(int code, String sentence, String hint) {
            List<String> lines = err.lines().toList();
            assertThat(lines).as(this.toString()).hasSize(2);
            assertThat(lines.get(0))
                    .startsWith("dr: ")
                    .containsIgnoringCase(sentence)
                    .doesNotEndWith(".");
            assertThat(lines.get(1)).startsWith("HINT: ").containsIgnoringCase(hint);
            assertThat(err).doesNotContain("Exception").doesNotContain("\tat ");
            assertThat(exitCode).isEqualTo(code);
            return this;
        }

        Run done() {
            assertThat(exitCode).as(this.toString()).isZero();
            return this;
        }

        /** Each line of standard output as a document that names the version of its shape. */
        List<BsonDocument> documents() {
            List<BsonDocument> documents = out.lines().map(BsonDocument::parse).toList();
            assertThat(documents)
                    .allSatisfy(document -> assertThat(
                                    document.getInt32("schemaVersion").getValue())
                            .isEqualTo(Screen.SCHEMA_VERSION));
            return documents;
        }

        /** The last line, which has to be of that type. */
        BsonDocument result(String type) {
            BsonDocument last = documents().getLast();
            assertThat(last.getString("type").getValue()).as(this.toString()).isEqualTo(type);
            return last;
        }
    }

    Run run(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Screen screen = new Screen(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Look.PLAIN,
                Look.PLAIN,
                false);
        InputStream in = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int code = DrCommand.run(new Surroundings(Map.copyOf(variables), in, screen, new Typist()), texts);
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private final class Typist implements Prompt {
        @Override
        public boolean waiting() {
            return false;
        }

        @Override
        public boolean available() {
            return terminal;
        }

        @Override
        public @Nullable String line(String question) {
            return typed.poll();
        }

        @Override
        public char @Nullable [] password(String question) {
            String line = typed.poll();
            return line == null ? null : line.toCharArray();
        }
    }
}
