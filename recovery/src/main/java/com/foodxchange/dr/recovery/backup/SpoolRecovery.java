package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.repository.Repository;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts what capture processes of this machine left in their spools into the repository, so that a restore reaches the
 * last second before a loss. Needs no server. Of a process that still runs, a copy is taken.
 */
public final class SpoolRecovery {
    private static final int ATTEMPTS = 5;

    private final Repository repository;
    private final SpoolStore store;

    public SpoolRecovery(Repository repository, InstantSource clock) {
        this.repository = repository;
        this.store = new SpoolStore(repository, new SliceWriter(repository, clock));
    }

    /**
     * Stores every spool of this repository.
     *
     * @param stateFolder as in {@link CaptureRequest}
     * @return one result for each spool that held something new
     */
    public List<BackupResult> run(Path stateFolder) throws IOException, InterruptedException {
        return run(stateFolder, true);
    }

    /** Stores the spools whose process is gone. */
    List<BackupResult> runAbandoned(Path stateFolder) throws IOException, InterruptedException {
        return run(stateFolder, false);
    }

    private List<BackupResult> run(Path stateFolder, boolean living) throws IOException, InterruptedException {
        List<BackupResult> results = new ArrayList<>();
        for (SpoolFolder folder : SpoolFolder.list(stateFolder, repository.id())) {
            results.addAll(store(folder, living));
        }
        return results;
    }

    private List<BackupResult> store(SpoolFolder folder, boolean living) throws IOException, InterruptedException {
        SpoolFolder.Lock lock = folder.tryLock();
        if (lock == null) {
            return living ? storeCopy(folder) : List.of();
        }
        try (lock) {
            List<Path> segments = folder.segments();
            List<BackupResult> results = store.store(segments);
            Spool.delete(segments);
            return results;
        }
    }

    /** Of segments that their owner goes on with, stores and deletes meanwhile. */
    private List<BackupResult> storeCopy(SpoolFolder folder) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return store.store(folder.segments());
            } catch (NoSuchFileException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
