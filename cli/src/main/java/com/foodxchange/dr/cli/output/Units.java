package com.foodxchange.dr.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them: binary units, UTC, three digits that matter. */
public final class Units {
    private static final String[] BINARY = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Units() {}

    /** {@code 512 B}, {@code 1.4 MiB}, {@code 230 GiB}. */
    public static String bytes(long bytes) {
        double value = bytes;
        int unit = 0;
        while (value >= 999.5 && unit < BINARY.length - 1) {
            value /= 1024;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : decimal(value)) + " " + BINARY[unit];
    }

    /** {@code 212 MiB/s}; {@code -} when there is no telling. */
    public static String rate(double bytesPerSecond) {
        return Double.isFinite(bytesPerSecond) ? bytes(Math.round(bytesPerSecond)) + "/s" : "-";
    }

    /** {@code 3,300,000}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 document}, {@code 2 documents}; the plural ends with an s. */
    public static String count(long count, String noun) {
        return count(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** {@code 3 ms}, {@code 0.41 s}, {@code 12.9 s}, {@code 2 min 05 s}, {@code 1 h 04 min}, {@code 3 d 4 h}. */
    public static String duration(Duration duration) {
        if (duration.isNegative()) {
            return "-" + duration(duration.negated());
        }
        if (duration.isZero()) {
            return "0 s";
        }
        double seconds = duration.toNanos() / 1e9;
        if (seconds < 0.1) {
            return duration.toMillis() + " ms";
        }
        return seconds < 59.95 ? decimal(seconds) + " s" : longDuration(Math.round(seconds));
    }

    private static String longDuration(long seconds) {
        if (seconds < HOUR) {
            return parts(seconds / MINUTE, "min", "%02d s", seconds % MINUTE);
        }
        if (seconds < DAY) {
            return parts(seconds / HOUR, "h", "%02d min", seconds % HOUR / MINUTE);
        }
        return parts(seconds / DAY, "d", "%d h", seconds % DAY / HOUR);
    }

    private static String parts(long large, String unit, String smallFormat, long small) {
        return large + " " + unit + (small == 0 ? "" : " " + String.format(Locale.ROOT, smallFormat, small));
    }

    /** {@code 2026-11-24T13:05:12Z}: UTC, whole seconds, the form that {@code --at} takes. */
    public static String time(@Nullable Instant time) {
        return time == null ? "-" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** {@code 2.4 x}; {@code -} when there is nothing to compare with. */
    public static String ratio(double ratio) {
        return Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f x", ratio) : "-";
    }

    private static String decimal(double value) {
        String format = value < 9.995 ? "%.2f" : value < 99.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, value);
    }
}
