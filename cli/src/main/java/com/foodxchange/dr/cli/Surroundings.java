package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Look;
import com.foodxchange.dr.cli.output.Screen;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is around a command: variables, streams, and whether a person is there. */
record Surroundings(Map<String, String> variables, InputStream in, Screen screen, Prompt prompt) {
    /** The variable's value; null when it is not set or empty. */
    @Nullable
    String variable(String name) {
        String value = variables.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    boolean debugging() {
        String value = variable("DR_DEBUG");
        return value != null && !value.equals("0");
    }

    /**
     * This process. Whether its streams are terminals is told by the launcher in {@code dr.terminal}, a list of the
     * numbers of those that are; Java 21 can not tell.
     */
    static Surroundings ofProcess() {
        Map<String, String> variables = System.getenv();
        String terminals = System.getProperty("dr.terminal", "");
        boolean out = terminals.contains("1");
        boolean err = terminals.contains("2");
        boolean utf8 = isUtf8(variables);
        Charset charset = utf8 ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        boolean colour = !variables.containsKey("NO_COLOR") && !"dumb".equals(variables.get("TERM"));
        int width = Integer.getInteger("dr.width", 100);
        Screen screen = new Screen(
                stream(FileDescriptor.out, charset),
                stream(FileDescriptor.err, charset),
                new Look(out && colour, utf8, width),
                new Look(err && colour, utf8, width),
                err && !"dumb".equals(variables.get("TERM")));
        return new Surroundings(variables, System.in, screen, new ConsolePrompt(terminals.contains("0") && out));
    }

    private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
        return new PrintStream(new FileOutputStream(descriptor), false, charset);
    }

    /** The locale's answer, by the rule of setlocale; the launcher leaves the original in {@code DR_LOCALE}. */
    private static boolean isUtf8(Map<String, String> variables) {
        for (String name : new String[] {"DR_LOCALE", "LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = variables.getOrDefault(name, "");
            if (!value.isEmpty()) {
                String lower = value.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8");
            }
        }
        return false;
    }
}
