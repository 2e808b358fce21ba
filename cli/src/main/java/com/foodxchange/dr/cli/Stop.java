package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Screen;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * Ends the process in order when it is asked to (Ctrl-C, SIGTERM): the work is interrupted and waited for. What then
 * ends of its own accord, such as following the oplog, gives its own exit code; the rest ends with 128 and the signal's
 * number.
 */
final class Stop {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Screen screen;
    private final Prompt prompt;
    private final Thread worker = Thread.currentThread();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = ExitCode.INTERRUPTED;

    private Stop(Surroundings surroundings) {
        screen = surroundings.screen();
        prompt = surroundings.prompt();
    }

    /** Does the work on this thread and ends the process with the exit code that it returns. */
    static void exitAfter(Surroundings surroundings, IntSupplier work) {
        Stop stop = new Stop(surroundings);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::asked, "stop"));
        try {
            stop.exitCode = work.getAsInt();
        } finally {
            stop.ended.countDown();
        }
        System.exit(stop.exitCode);
    }

    /** A shutdown hook: runs at the end of every process; the work has ended already unless a signal came. */
    private void asked() {
        if (ended.getCount() == 0 || prompt.waiting()) {
            return;
        }
        screen.note("stopping: finishing what is being written (the repository is safe whatever happens now)");
        worker.interrupt();
        boolean inTime = false;
        try {
            inTime = ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody interrupts a hook; then there is nothing to wait for
        }
        if (inTime && exitCode != ExitCode.INTERRUPTED) {
            // the process would end with the signal's code, although the work says otherwise
            Runtime.getRuntime().halt(exitCode);
        }
    }
}
