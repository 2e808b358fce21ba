package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * Puts what capture processes of this machine left in their spools into the repository, so that a restore reaches the
 * last second before a loss. Needs no server. Of a process that still runs, a copy is taken.
 */
@SuppressWarnings({"DoNotCallSuggester", "UnusedVariable", "ObjectToString"})
public final class SpoolRecovery {
    private final Repository repository;
    private final InstantSource clock;

    public SpoolRecovery(Repository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    /**
     * Stores every spool of this repository.
     *
     * @param stateFolder as in {@link CaptureRequest}
     * @return one result for each spool that held something new
     */
    public List<BackupResult> run(Path stateFolder) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + stateFolder);
    }
}
