package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import java.io.IOException;
import java.util.concurrent.ExecutionException;

/**
 * Frees the room that forgotten snapshots, interrupted backups and duplicates take. Plan, show, execute: {@link #plan}
 * says what would be done, {@link #execute} plans again under an exclusive lock and does it.
 *
 * <p>Also repairs: it writes the index anew when a file of it is damaged or missing, and drops packs that are gone and
 * that nothing needs. It refuses to start when a snapshot cannot be read or misses something, because nobody could tell
 * what is still needed.
 */
public final class Prune {
    /** How much of the packs may stay unused, as in restic. */
    public static final double DEFAULT_MAX_UNUSED = 0.05;

    private final Repository repository;
    private final double maxUnused;

    /**
     * @param maxUnused which share of the packs may stay unused so that less has to be copied, at least 0, less than 1
     */
    public Prune(Repository repository, double maxUnused) {
        if (!(maxUnused >= 0 && maxUnused < 1)) {
            throw new IllegalArgumentException("no share of the packs: " + maxUnused);
        }
        this.repository = repository;
        this.maxUnused = maxUnused;
    }

    /**
     * What would be done now. Changes nothing and takes no lock.
     *
     * @throws RepositoryException DAMAGED when a snapshot misses something
     */
    public PrunePlan plan() throws InterruptedException {
        return run(() -> make(false).summary());
    }

    /**
     * Does it. Killed at any point it leaves a valid repository, and the next prune finishes the work.
     *
     * @return what was done
     * @throws RepositoryException LOCKED; INVALID for version 1 of the format; DAMAGED, with nothing removed, when a snapshot misses something or a blob that
     *     has to be copied is damaged; STORAGE
     */
    public PrunePlan execute(PackProgress progress) throws InterruptedException {
        repository.requireWritable();
        return run(() -> {
            try (RepositoryLock lock = repository.lock(RepositoryLock.Mode.EXCLUSIVE)) {
                PruneChoice choice = make(true);
                new PruneExecution(repository, lock, choice, progress).run();
                return choice.summary();
            }
        });
    }

    private PruneChoice make(boolean verifyDuplicates) throws IOException, InterruptedException, ExecutionException {
        SnapshotList snapshots = repository.snapshots();
        if (!snapshots.unreadable().isEmpty()) {
            Damage damage = snapshots.unreadable().getFirst();
            throw new RepositoryException(
                    Kind.DAMAGED,
                    "nobody can tell what %s needs: %s".formatted(damage.file(), damage.message()),
                    "put the file back from a copy of the repository or delete it, then prune again");
        }
        LoadedIndex index = repository.loadIndex();
        BlobLoader loader = repository.loader();
        UsedBlobs used = new UsedBlobs(repository.files(), index, loader);
        used.collect(snapshots.snapshots());
        PruneChoice choice = new PruneChoice(repository.files(), index, used, verifyDuplicates ? loader : null);
        choice.decide(maxUnused);
        return choice;
    }

    private interface Work {
        PrunePlan run() throws IOException, InterruptedException, ExecutionException;
    }

    private static PrunePlan run(Work work) throws InterruptedException {
        try {
            return work.run();
        } catch (IOException e) {
            throw RepositoryException.storage("cannot prune", e);
        } catch (ExecutionException e) {
            throw Parallel.failure("cannot prune", e);
        }
    }
}
