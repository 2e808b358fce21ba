package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.FullReason;
import java.time.Instant;

/** Hears how following goes on. Called by several threads, so it has to be quick and thread-safe. */
public interface CaptureListener extends BackupProgress {
    /** Following goes on after this entry; called at the start and after each interruption. */
    default void following(String source, OpTime after) {}

    /** Everything up to here is on this machine's disk; {@code read} is when it was asked for. */
    default void durable(OpTime upTo, Instant read, long entries, long bytes) {}

    /** A backup is in the repository, or there was nothing new for it. */
    default void stored(BackupResult result) {}

    /** What is in the spool could not be put into the repository; it stays where it is and is tried again. */
    default void notStored(String message, String hint) {}

    /** What an earlier process left in its spool is in the repository. */
    default void recovered(BackupResult result) {}

    /** The window ends here and a full backup begins another one. */
    default void windowClosed(FullReason reason, String message) {}

    /** The server does not answer; it is waited for. Called again and again while it is gone. */
    default void serverLost(String message) {}

    /** The server answers again. */
    default void serverBack() {}
}
