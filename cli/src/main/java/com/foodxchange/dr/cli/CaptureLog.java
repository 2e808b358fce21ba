package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.cli.output.Meter;
import com.foodxchange.dr.cli.output.Progress;
import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.cli.output.Units;
import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.FullReason;
import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.recovery.backup.CaptureListener;
import com.foodxchange.dr.recovery.backup.CaptureSummary;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells what following does: a line for each event, and on a terminal how far it is. Thread-safe. */
final class CaptureLog implements CaptureListener {
    private record Durable(OpTime upTo, Instant read, long entries, long bytes) {}

    private final Screen screen;
    private final InstantSource clock;
    private volatile @Nullable Durable newest;
    private volatile String state = "starting";
    private volatile boolean lost;

    CaptureLog(Screen screen, InstantSource clock) {
        this.screen = screen;
        this.clock = clock;
    }

    /** Shows how far it is where a line can be rewritten, and tells programs each second; a log gets events alone. */
    CaptureSummary during(Progress.Work<CaptureSummary> work) throws IOException, InterruptedException {
        return screen.live() || screen.json() ? Progress.during(screen, this::sample, work) : work.run();
    }

    private Meter.Sample sample() {
        Durable durable = newest;
        if (durable == null) {
            return new Meter.Sample(state, 0, 0, 0, "");
        }
        String detail = "safe on this machine up to " + Units.time(Shapes.instant(durable.upTo())) + ", "
                + Units.count(durable.entries()) + " entries";
        return new Meter.Sample(state, 0, durable.bytes(), 0, detail);
    }

    private void say(Style style, String event, String text, Json json) {
        if (screen.json()) {
            screen.emit(event, json);
        } else {
            screen.note(style, Units.time(clock.instant()) + "  " + text);
        }
    }

    @Override
    public void following(String source, OpTime after) {
        state = "following " + source;
        Json json = Json.object().put("source", source).put("after", Shapes.json(after));
        say(Style.PLAIN, "following", "following " + source + " after " + Shapes.moment(after), json);
    }

    @Override
    public void durable(OpTime upTo, Instant read, long entries, long bytes) {
        newest = new Durable(upTo, read, entries, bytes);
    }

    @Override
    public void stored(BackupResult result) {
        BackupSnapshot snapshot = result.snapshot();
        if (snapshot != null) {
            say(Style.PLAIN, "stored", "stored " + text(snapshot), new BackupReport(result).json());
        }
    }

    @Override
    public void recovered(BackupResult result) {
        BackupSnapshot snapshot = result.snapshot();
        if (snapshot != null) {
            String text = "stored what an earlier process had left: " + text(snapshot);
            say(Style.WARNING, "recovered", text, new BackupReport(result).json());
        }
    }

    private static String text(BackupSnapshot snapshot) {
        String to = snapshot.ofOneMoment() ? ", restorable up to " + Shapes.moment(snapshot.to()) : "";
        return snapshot.kind().label() + " backup "
                + Shapes.shortId(snapshot.snapshot().id()) + to;
    }

    @Override
    public void notStored(String message, String hint) {
        Json json = Json.object().put("message", message).put("hint", hint);
        say(Style.BAD, "notStored", "not stored, tried again later: " + message + " HINT: " + hint, json);
    }

    @Override
    public void windowClosed(FullReason reason, String message) {
        Json json = Json.object().put("reason", reason.label()).put("message", message);
        say(Style.BAD, "windowClosed", "the window ends here: " + message + "; a full backup begins another", json);
    }

    @Override
    public void serverLost(String message) {
        state = "waiting for the server";
        if (!lost) {
            lost = true;
            say(
                    Style.BAD,
                    "serverLost",
                    "the server is gone: " + message,
                    Json.object().put("message", message));
        }
    }

    @Override
    public void serverBack() {
        lost = false;
        say(Style.GOOD, "serverBack", "the server is back", Json.object());
    }
}
