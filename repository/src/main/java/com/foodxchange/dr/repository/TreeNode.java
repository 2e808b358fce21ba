package com.foodxchange.dr.repository;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a tree.
 *
 * @param type file, dir, symlink and others
 * @param mtime null when the tree tells none
 * @param size in bytes, of a file
 * @param content the blobs of a file, null for others
 * @param subtree the tree of a folder, null for others
 */
record TreeNode(
        String name,
        String type,
        @Nullable Instant mtime,
        long size,
        @Nullable BlobIdList content,
        @Nullable BlobId subtree) {
    static final String FILE = "file";
    static final String FOLDER = "dir";

    static TreeNode file(String name, Instant mtime, long size, BlobIdList content) {
        return new TreeNode(name, FILE, mtime, size, content, null);
    }

    static TreeNode folder(String name, Instant mtime, BlobId subtree) {
        return new TreeNode(name, FOLDER, mtime, 0, null, subtree);
    }
}
