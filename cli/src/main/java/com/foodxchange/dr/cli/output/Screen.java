package com.foodxchange.dr.cli.output;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;

/**
 * Where a command's words go: results to standard output, everything said on the way to standard error. Every line is
 * redacted. Thread-safe.
 */
public final class Screen {
    /** The version of the shape of all JSON that is written. */
    public static final int SCHEMA_VERSION = 1;

    private static final String CLEAR_LINE = "\r\033[K";

    /** For whom the results are. */
    public enum Format {
        TEXT,
        JSON
    }

    private final PrintStream out;
    private final PrintStream err;
    private final Look look;
    private final Look errLook;
    private final boolean live;
    private volatile Format format = Format.TEXT;
    private boolean statusShown;

    /** @param live whether standard error is a terminal, so that a line can be rewritten */
    public Screen(PrintStream out, PrintStream err, Look look, Look errLook, boolean live) {
        this.out = out;
        this.err = err;
        this.look = look;
        this.errLook = errLook;
        this.live = live;
    }

    public void setFormat(Format format) {
        this.format = format;
    }

    public boolean json() {
        return format == Format.JSON;
    }

    /** Whether a status line can be rewritten. */
    public boolean live() {
        return live && !json();
    }

    /** What standard output can show. */
    public Look look() {
        return look;
    }

    /** A line of the result. */
    public synchronized void print(String line) {
        clearStatus();
        out.println(Redaction.redact(line));
        out.flush();
    }

    public void print(List<String> lines) {
        lines.forEach(this::print);
    }

    public void print(Table table) {
        print(table.lines(look));
    }

    /** The result, or an event on the way to it, as a line of JSON that names its shape's version and its type. */
    public void emit(String type, Json members) {
        print(Json.object()
                .put("schemaVersion", SCHEMA_VERSION)
                .put("type", type)
                .putAll(members)
                .toString());
    }

    /** Something said on the way. */
    public synchronized void note(String line) {
        note(Style.PLAIN, line);
    }

    /** Something said on the way, with a meaning. */
    public synchronized void note(Style style, String line) {
        clearStatus();
        err.println(errLook.paint(style, Redaction.redact(line)));
        err.flush();
    }

    /** Rewrites the status line; without a terminal does nothing. */
    public synchronized void status(String line) {
        if (!live()) {
            return;
        }
        String redacted = Redaction.redact(line);
        int width = errLook.width() - 1;
        String cut = redacted.length() > width ? redacted.substring(0, width) : redacted;
        err.print(CLEAR_LINE + cut);
        err.flush();
        statusShown = true;
    }

    /** Removes the status line. */
    public synchronized void clearStatus() {
        if (statusShown) {
            err.print(CLEAR_LINE);
            err.flush();
            statusShown = false;
        }
    }

    /** Standard output for text that is no secret and not JSON, such as help. */
    public PrintWriter writer() {
        return new PrintWriter(out, true, out.charset());
    }

    /** What standard error can show. */
    public Look errLook() {
        return errLook;
    }
}
