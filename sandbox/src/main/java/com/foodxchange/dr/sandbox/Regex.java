package com.foodxchange.dr.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Regular expressions of filters, run by Java's engine: close to PCRE, not the same. */
final class Regex {
    private Regex() {}

    /** {@code expression} is a string or a regular expression; {@code options} win over those in the latter. */
    static Predicate<@Nullable Value> of(Value expression, @Nullable Value options) {
        String pattern;
        String flags = options == null ? "" : options.string();
        if (expression.type() == Value.REGEX) {
            String both = new String(
                    expression.bytes(), expression.offset(), expression.length() - 1, StandardCharsets.UTF_8);
            int zero = both.indexOf('\0');
            pattern = both.substring(0, zero);
            flags = options == null ? both.substring(zero + 1) : flags;
        } else {
            pattern = expression.string();
        }
        Pattern compiled = compile(pattern, flags);
        return value -> value != null
                && ((value.isString() || value.type() == Value.SYMBOL)
                        ? compiled.matcher(value.string()).find()
                        : (value.type() == Value.REGEX
                                && expression.type() == Value.REGEX
                                && value.isSame(expression)));
    }

    private static Pattern compile(String pattern, String flags) {
        int bits = 0;
        for (int i = 0; i < flags.length(); i++) {
            char flag = flags.charAt(i);
            bits |= switch (flag) {
                case 'i' -> Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'm' -> Pattern.MULTILINE;
                case 's' -> Pattern.DOTALL;
                case 'x' -> Pattern.COMMENTS;
                case 'u' -> 0;
                default -> throw CommandException.badValue("invalid flag in regex options: " + flag);
            };
        }
        try {
            return Pattern.compile(pattern, bits);
        } catch (PatternSyntaxException e) {
            throw CommandException.badValue("Regular expression is invalid: " + e.getDescription());
        }
    }
}
