package com.foodxchange.dr.cli.output;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Shows how far work is: on a terminal one line that is rewritten, elsewhere a line now and then, for
 * programs a line of JSON each second.
 */
public final class Progress {
    private static final Duration LIVE = Duration.ofMillis(200);
    private static final Duration JSON = Duration.ofSeconds(1);
    private static final Duration LOG = Duration.ofSeconds(10);

    private final Screen screen;
    private final Supplier<Meter.Sample> source;
    private final Meter meter = new Meter();
    private final Thread ticker;

    private Progress(Screen screen, Supplier<Meter.Sample> source) {
        this.screen = screen;
        this.source = source;
        ticker = Thread.ofPlatform().daemon().name("progress").unstarted(this::tick);
    }

    /** Something that takes a while. */
    @FunctionalInterface
    public interface Work<T> {
        T run() throws IOException, InterruptedException;
    }

    /** Does the work and shows what the source says meanwhile; it is asked from another thread. */
    public static <T> T during(Screen screen, Supplier<Meter.Sample> source, Work<T> work)
            throws IOException, InterruptedException {
        Progress progress = new Progress(screen, source);
        progress.ticker.start();
        try {
            return work.run();
        } finally {
            progress.stop();
        }
    }

    private void tick() {
        Duration period = screen.json() ? JSON : screen.live() ? LIVE : LOG;
        try {
            while (true) {
                Thread.sleep(period);
                meter.add(source.get(), System.nanoTime());
                report();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void report() {
        if (screen.json()) {
            screen.emit("progress", meter.json());
        } else if (screen.live()) {
            screen.status(meter.line(screen.errLook()));
        } else {
            screen.note(meter.line(screen.errLook()));
        }
    }

    /** Removes the line; nothing is shown after it returns. */
    private void stop() {
        ticker.interrupt();
        boolean interrupted = false;
        while (ticker.isAlive()) {
            try {
                ticker.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        screen.clearStatus();
    }
}
