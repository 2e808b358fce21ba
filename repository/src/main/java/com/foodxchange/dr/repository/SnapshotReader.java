package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.Index.Location;
import com.foodxchange.dr.repository.RepositoryException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The files of one snapshot. Thread-safe. */
public final class SnapshotReader {
    private final Snapshot snapshot;
    private final SnapshotTree tree;
    private final Index index;
    private final Repository repository;

    SnapshotReader(Snapshot snapshot, Index index, Repository repository) throws InterruptedException {
        this.snapshot = snapshot;
        this.index = index;
        this.repository = repository;
        tree = SnapshotTree.load(snapshot.tree(), this::loadTree);
    }

    private byte[] loadTree(BlobId id, String path) throws InterruptedException {
        return load(BlobType.TREE, id, describe("the folder \"" + path + "\""));
    }

    /** The plaintext of a blob from whatever copy is intact, where it was or where it is by now. */
    private byte[] load(BlobType type, BlobId id, String what) throws InterruptedException {
        List<Location> copies = index.locations(type, id);
        try {
            return repository.loader().load(copies, id, what);
        } catch (RepositoryException e) {
            List<Location> moved = repository.loadIndex().index().locations(type, id);
            moved.removeAll(copies);
            if (moved.isEmpty()) {
                throw e;
            }
            return repository.loader().load(moved, id, what);
        }
    }

    /** Whether the index names every blob of every file. */
    boolean isNamedByIndex() {
        for (TreeNode file : tree.files().values()) {
            BlobIdList content = file.content();
            for (int i = 0; content != null && i < content.size(); i++) {
                if (!index.contains(BlobType.DATA, content.get(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    private String describe(String path) {
        return path + " in snapshot " + snapshot.id().substring(0, 8);
    }

    /** Every regular file, sorted by path. */
    public List<FileEntry> files() {
        List<FileEntry> files = new ArrayList<>();
        tree.files().forEach((path, node) -> files.add(new FileEntry(path, node.size())));
        return files;
    }

    /**
     * The blobs of a file in order. Two files with the same list are the same.
     *
     * @throws RepositoryException INVALID if there is no such file, DAMAGED if the index lacks a blob
     */
    public List<BlobRef> blobs(String path) {
        BlobIdList content = content(file(path));
        List<BlobRef> blobs = new ArrayList<>(content.size());
        for (int i = 0; i < content.size(); i++) {
            BlobId id = content.get(i);
            List<Location> copies = index.locations(BlobType.DATA, id);
            if (copies.isEmpty()) {
                throw RepositoryException.damaged(
                        "blob %s of %s is lost: no index names it".formatted(id, describe(path)));
            }
            blobs.add(new BlobRef(id, copies.getFirst().blob().plainLength()));
        }
        return blobs;
    }

    /**
     * Reads a file from its start.
     *
     * @throws RepositoryException INVALID if there is no such file, DAMAGED if its blobs do not add up to its size
     */
    public BlobStream open(String path) {
        TreeNode file = file(path);
        BlobIdList content = content(file);
        requireSize(file, content, path);
        String what = describe(path);
        return new ReadAhead(repository.loader(), index, content, id -> load(BlobType.DATA, id, what));
    }

    /** Other programs pad the file to the size in its tree, or restore nothing when that is missing. */
    private void requireSize(TreeNode file, BlobIdList content, String path) {
        long size = 0;
        for (int i = 0; i < content.size(); i++) {
            List<Location> copies = index.locations(BlobType.DATA, content.get(i));
            if (copies.isEmpty()) {
                return; // Reading names the blob.
            }
            size += copies.getFirst().blob().plainLength();
        }
        if (size != file.size()) {
            throw RepositoryException.damaged(
                    "the size of %s is %d, but its blobs have %d bytes".formatted(describe(path), file.size(), size));
        }
    }

    SnapshotTree tree() {
        return tree;
    }

    private TreeNode file(String path) {
        TreeNode file = tree.files().get(path);
        if (file == null) {
            throw new RepositoryException(
                    Kind.INVALID,
                    "there is no file " + describe(path),
                    "list the files of the snapshot, for example with 'restic ls'");
        }
        return file;
    }

    private static BlobIdList content(TreeNode file) {
        return Objects.requireNonNull(file.content());
    }
}
