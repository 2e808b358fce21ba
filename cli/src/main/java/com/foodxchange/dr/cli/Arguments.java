package com.foodxchange.dr.cli;

import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.recovery.Moment;
import com.foodxchange.dr.recovery.RecoveryException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How values are written on the command line. */
final class Arguments {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,12})\\s*([a-z]*)");

    private Arguments() {}

    /** {@code 90s}, {@code 15m}, {@code 2h}, {@code 7d}, {@code 4w}. */
    static final class Durations implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Matcher amount = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
            if (amount.matches()) {
                long count = Long.parseLong(amount.group(1));
                switch (amount.group(2)) {
                    case "s" -> {
                        return Duration.ofSeconds(count);
                    }
                    case "m", "min" -> {
                        return Duration.ofMinutes(count);
                    }
                    case "h" -> {
                        return Duration.ofHours(count);
                    }
                    case "d" -> {
                        return Duration.ofDays(count);
                    }
                    case "w" -> {
                        return Duration.ofDays(7 * count);
                    }
                    default -> {}
                }
            }
            throw new TypeConversionException("'" + text + "' is no duration: write 90s, 15m, 2h, 7d or 4w");
        }
    }

    /** Bytes: {@code 500m}, {@code 1g}. */
    static final class Sizes implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            Matcher amount = AMOUNT.matcher(text.toLowerCase(Locale.ROOT));
            if (amount.matches()) {
                int shift = "bkmgt"
                        .indexOf(
                                amount.group(2).isEmpty()
                                        ? "b"
                                        : amount.group(2).substring(0, 1));
                if (shift >= 0 && Long.parseLong(amount.group(1)) < 1L << 20) {
                    return Long.parseLong(amount.group(1)) << (10 * shift);
                }
            }
            throw new TypeConversionException("'" + text + "' is no size: write 500m or 1g");
        }
    }

    /** {@code latest}, RFC 3339, {@code T,I}. */
    static final class Moments implements ITypeConverter<Moment> {
        @Override
        public Moment convert(String text) {
            try {
                return Moment.parse(text);
            } catch (RecoveryException e) {
                throw new UsageException(String.valueOf(e.getMessage()), e.hint());
            }
        }
    }

    /** {@code db.collection}. */
    static final class Namespaces implements ITypeConverter<Namespace> {
        @Override
        public Namespace convert(String text) {
            try {
                return Namespace.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /** {@code N/T}: the N-th of T parts. */
    record Part(int number, int of) {}

    static final class Parts implements ITypeConverter<Part> {
        private static final Pattern FORM = Pattern.compile("(\\d{1,6})/(\\d{1,6})");

        @Override
        public Part convert(String text) {
            Matcher form = FORM.matcher(text);
            if (form.matches()) {
                Part part = new Part(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
                if (part.number >= 1 && part.number <= part.of) {
                    return part;
                }
            }
            throw new TypeConversionException("'" + text + "' is no part: write 1/6 up to 6/6");
        }
    }
}
