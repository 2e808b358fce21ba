package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.capture.CaptureProgress;
import com.foodxchange.dr.recovery.BackupKind;
import com.foodxchange.dr.repository.WriteStatistics;
import java.util.function.Supplier;

/** Hears how a backup goes on. Called by many threads at the same time, so it has to be quick and thread-safe. */
public interface BackupProgress extends CaptureProgress {
    /** Nobody listens. */
    BackupProgress NONE = new BackupProgress() {};

    /** The kind is decided; {@code reason} says why, as the end of a sentence. */
    default void decided(BackupKind kind, String reason) {}

    /** Writing into the repository begins; the figures may be asked for until the backup ends. */
    default void writing(Supplier<WriteStatistics> statistics) {}
}
