package com.foodxchange.dr.repository;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The trees of a snapshot.
 *
 * @param files regular files by path
 * @param folders by path
 */
record SnapshotTree(TreeMap<String, TreeNode> files, Map<String, TreeNode> folders) {
    /** Paths of a local file system end at 4,096 bytes. */
    private static final int MAX_DEPTH = 2_048;

    private static final int MAX_ENTRIES = 20_000_000;

    /** Where the text of a tree comes from. */
    interface Source {
        byte[] load(BlobId tree, String path) throws InterruptedException;
    }

    /** @throws RepositoryException DAMAGED if a tree is */
    static SnapshotTree load(BlobId root, Source source) throws InterruptedException {
        SnapshotTree tree = new SnapshotTree(new TreeMap<>(), new HashMap<>());
        tree.addAll(root, "", 0, source);
        return tree;
    }

    private void addAll(BlobId id, String path, int depth, Source source) throws InterruptedException {
        if (depth > MAX_DEPTH || files.size() + folders.size() > MAX_ENTRIES) {
            throw RepositoryException.damaged("the snapshot has more or deeper folders than any real one");
        }
        byte[] text = source.load(id, path);
        try {
            for (TreeNode node : TreeCodec.read(text)) {
                add(node, path.isEmpty() ? node.name() : path + "/" + node.name(), depth, source);
            }
        } catch (FormatException e) {
            throw RepositoryException.damaged(
                    "the tree %s of the folder \"%s\" cannot be read: %s".formatted(id, path, e.getMessage()));
        }
    }

    private void add(TreeNode node, String path, int depth, Source source) throws InterruptedException {
        BlobId subtree = node.subtree();
        if (node.type().equals(TreeNode.FILE)) {
            files.put(path, node);
        } else if (node.type().equals(TreeNode.FOLDER) && subtree != null) {
            folders.put(path, node);
            addAll(subtree, path, depth + 1, source);
        }
    }
}
