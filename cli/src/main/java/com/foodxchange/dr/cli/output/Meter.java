package com.foodxchange.dr.cli.output;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Tells how fast a figure grows and when it will be complete, from samples of the last ten seconds. Not thread-safe. */
public final class Meter {
    private static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int BAR = 20;

    /**
     * How far work is.
     *
     * @param phase one or two words
     * @param total 0 when unknown
     * @param detail more to tell; may be empty
     */
    public record Sample(String phase, long documents, long bytes, long total, String detail) {}

    private record Point(long nanos, long bytes) {}

    private final Deque<Point> points = new ArrayDeque<>();
    private String phase = "";
    private Sample last = new Sample("", 0, 0, 0, "");

    /** Takes a sample at a moment of the monotonic clock. */
    public void add(Sample sample, long nanos) {
        if (!sample.phase().equals(phase)) {
            points.clear();
            phase = sample.phase();
        }
        last = sample;
        points.addLast(new Point(nanos, sample.bytes()));
        while (points.size() > 2 && nanos - points.getFirst().nanos > WINDOW.toNanos()) {
            points.removeFirst();
        }
    }

    /** Bytes per second; NaN while there is no telling. */
    public double rate() {
        if (points.size() < 2) {
            return Double.NaN;
        }
        double seconds = (points.getLast().nanos - points.getFirst().nanos) / 1e9;
        return seconds <= 0 ? Double.NaN : (points.getLast().bytes - points.getFirst().bytes) / seconds;
    }

    /** The time that the rest will take; null while there is no telling. */
    public @Nullable Duration remaining() {
        double rate = rate();
        if (last.total() <= 0 || !(rate > 0)) {
            return null;
        }
        return Duration.ofMillis((long) (Math.max(0, last.total() - last.bytes()) / rate * 1000));
    }

    /** One line for people. */
    public String line(Look look) {
        StringBuilder line = new StringBuilder(last.phase());
        if (last.total() > 0) {
            double part = Math.clamp(last.bytes() / (double) last.total(), 0, 1);
            line.append("  ").append(bar(part, look));
            line.append(String.format(Locale.ROOT, " %3.0f %%", Math.floor(part * 100)));
        }
        if (last.bytes() > 0) {
            line.append("  ").append(Units.bytes(last.bytes()));
            line.append(last.total() > 0 ? " of " + Units.bytes(last.total()) : "");
            line.append(rate() > 0 ? "  " + Units.rate(rate()) : "");
        }
        line.append(last.documents() > 0 ? "  " + Units.count(last.documents(), "document") : "");
        Duration remaining = remaining();
        line.append(remaining == null ? "" : "  ETA " + Units.duration(remaining));
        return line.append(last.detail().isEmpty() ? "" : "  " + last.detail()).toString();
    }

    private static String bar(double part, Look look) {
        int filled = (int) (part * BAR);
        return look.glyph("█", "#").repeat(filled) + look.glyph("░", ".").repeat(BAR - filled);
    }

    /** The same for programs. */
    public Json json() {
        double rate = rate();
        return Json.object()
                .put("phase", last.phase())
                .put("documents", last.documents())
                .put("bytes", last.bytes())
                .put("expectedBytes", last.total() > 0 ? last.total() : null)
                .put("bytesPerSecond", rate > 0 ? Math.round(rate) : null)
                .put("remainingSeconds", remaining());
    }
}
