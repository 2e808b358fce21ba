package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.Index.Location;
import com.foodxchange.dr.repository.RepositoryException.Kind;
import java.util.ArrayList;
import java.util.List;

/** The files of one snapshot. Thread-safe. */
public final class SnapshotReader {
    private final Snapshot snapshot;
    private final SnapshotTree tree;
    private final Index index;
    private final BlobLoader loader;

    SnapshotReader(Snapshot snapshot, Index index, BlobLoader loader) throws InterruptedException {
        this.snapshot = snapshot;
        this.index = index;
        this.loader = loader;
        tree = SnapshotTree.load(snapshot.tree(), this::loadTree);
    }

    private byte[] loadTree(BlobId id, String path) {
        return loader.load(index.locations(BlobType.TREE, id), id, describe("the folder \"" + path + "\""));
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
        BlobIdList content = content(path);
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
        BlobIdList content = content(path);
        return new ReadAhead(loader, index, content, describe(path));
    }

    /** The file or folder at a path as its tree tells. */
    SnapshotTree tree() {
        return tree;
    }

    private BlobIdList content(String path) {
        TreeNode node = tree.files().get(path);
        if (node == null || node.content() == null) {
            throw new RepositoryException(
                    Kind.INVALID,
                    "there is no file " + describe(path),
                    "list the files of the snapshot, for example with 'restic ls'");
        }
        return node.content();
    }
}
