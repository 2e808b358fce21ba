package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.Closeable;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes one snapshot: chunks are hashed, deduplicated, compressed, encrypted and packed in the background while the
 * callers bring more. Nothing of it is visible before {@link #commit} returns. A failure of the storage surfaces as
 * {@link RepositoryException} of kind STORAGE from the next call. Thread-safe.
 */
public final class SnapshotWriter implements AutoCloseable {
    private final Repository repository;
    private final RepositoryFiles repositoryFiles;
    private final RepositoryLock lock;
    private final BlobPipeline pipeline;
    private final SnapshotFiles files;
    private final Instant start = Instant.now();

    SnapshotWriter(Repository repository, RepositoryFiles repositoryFiles, RepositoryLock lock, BlobPipeline pipeline) {
        this.repository = repository;
        this.repositoryFiles = repositoryFiles;
        this.lock = lock;
        this.pipeline = pipeline;
        files = new SnapshotFiles(pipeline);
    }

    /** A file being written. Its bytes are those of its parts, in the order in which the parts were made. */
    public interface FileWriter {
        /** The next part of the file. Parts may be written by different threads at the same time. */
        PartWriter nextPart();
    }

    /** One stretch of a file, written by one thread. The file is complete when every part is closed. */
    public interface PartWriter extends Closeable {
        /**
         * Appends {@code chunk[0, length)} as one blob; the array belongs to the snapshot from now on. Blocks while
         * the pipeline is full. An empty chunk is ignored.
         */
        void write(byte[] chunk, int length) throws InterruptedException;

        @Override
        void close();
    }

    /**
     * Starts a file.
     *
     * @param path relative, with {@code /} between its parts, such as {@code db/collection.bson}
     * @throws RepositoryException INVALID when the path is used already, is a folder of another, or is no such path
     */
    public FileWriter create(String path) {
        return files.create(path);
    }

    /**
     * Makes everything durable: packs, then index, then the snapshot, which nobody sees before all it names is there.
     * Called once, after every part was closed.
     *
     * @throws IllegalStateException if a part is still open
     */
    public Snapshot commit(SnapshotAttributes attributes) throws InterruptedException {
        pipeline.awaitBlobs();
        TreeBuilder trees = new TreeBuilder(pipeline, attributes.time(), parentTree(attributes.parent()));
        long data = pipeline.bytesRead.sum();
        BlobId tree = trees.build(files.complete());
        if (trees.bytes != data) {
            throw new IllegalStateException("files of " + trees.bytes + " bytes were made of " + data + " bytes");
        }
        pipeline.flush();
        lock.requireHeld();
        return save(attributes, tree, summary(trees));
    }

    private @Nullable SnapshotTree parentTree(@Nullable String parent) throws InterruptedException {
        if (parent == null) {
            return null;
        }
        try {
            return repository.read(repository.snapshot(parent)).tree();
        } catch (RepositoryException e) {
            return null; // Only times are taken from it.
        }
    }

    private Snapshot save(SnapshotAttributes attributes, BlobId tree, SnapshotSummary summary) {
        Snapshot snapshot = new Snapshot(
                "",
                attributes.time(),
                attributes.parent(),
                tree,
                attributes.paths(),
                attributes.hostname(),
                Machine.user(),
                attributes.tags(),
                null,
                SnapshotCodec.PROGRAM_VERSION,
                summary);
        try {
            return snapshot.withId(repositoryFiles
                    .save(FileType.SNAPSHOT, SnapshotCodec.write(snapshot))
                    .hex());
        } catch (IOException e) {
            throw RepositoryException.storage("cannot save the snapshot", e);
        }
    }

    private SnapshotSummary summary(TreeBuilder trees) {
        return new SnapshotSummary(
                start,
                Instant.now(),
                trees.filesNew,
                trees.filesChanged,
                trees.filesUnmodified,
                trees.foldersNew,
                trees.foldersChanged,
                trees.foldersUnmodified,
                pipeline.blobsNew.sum(),
                pipeline.treesNew.sum(),
                pipeline.bytesNew.sum(),
                pipeline.bytesStored.sum(),
                trees.filesNew + trees.filesChanged + trees.filesUnmodified,
                trees.bytes);
    }

    /** How far it has come; may be asked at any time by any thread. */
    public WriteStatistics statistics() {
        return new WriteStatistics(
                pipeline.bytesRead.sum(),
                pipeline.bytesNew.sum(),
                pipeline.bytesStored.sum(),
                pipeline.blobsNew.sum(),
                pipeline.blobsReused.sum(),
                pipeline.packsStored.sum());
    }

    /** Gives the lock back. Without a commit before it, no trace of the snapshot is visible. */
    @Override
    public void close() {
        // The lock outlives every thread that might still store something.
        if (pipeline.stop()) {
            lock.close();
        }
    }
}
