package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.output.Screen;
import com.foodxchange.dr.cli.output.Style;
import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.backup.BackupResult;
import com.foodxchange.dr.recovery.backup.SpoolRecovery;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.RepositoryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;

/** Before a restore: what following has read on this machine goes into the repository, so that nothing of it is missed. */
record SpoolStep(Screen screen) {
    /** Without success the restore goes on with what the repository has, and says so. */
    void run(Repository repository, Path stateFolder) throws InterruptedException {
        if (!Files.isDirectory(stateFolder)) {
            return;
        }
        try {
            for (BackupResult result : new SpoolRecovery(repository, InstantSource.system()).run(stateFolder)) {
                if (result.snapshot() != null) {
                    screen.note("took in what was spooled on this machine for " + result.source() + ", up to "
                            + Shapes.moment(result.snapshot().to()));
                }
            }
        } catch (RepositoryException | RecoveryException | IOException e) {
            screen.note(
                    Style.WARNING,
                    "what is spooled in " + stateFolder + " could not be put into the repository: " + e.getMessage());
        }
    }
}
