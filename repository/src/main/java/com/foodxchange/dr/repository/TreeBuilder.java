package com.foodxchange.dr.repository;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the trees of a snapshot, folders after what is in them. What is as it was in the parent snapshot keeps its time,
 * so that its tree is the same blob again.
 */
final class TreeBuilder {
    private final BlobPipeline pipeline;
    private final Instant time;
    private final @Nullable SnapshotTree parent;
    private final Folder root = new Folder();

    long filesNew;
    long filesChanged;
    long filesUnmodified;
    long foldersNew;
    long foldersChanged;
    long foldersUnmodified;
    long bytes;

    private static final class Folder {
        final Map<String, Folder> folders = new TreeMap<>();
        final List<TreeNode> files = new ArrayList<>();
    }

    TreeBuilder(BlobPipeline pipeline, Instant time, @Nullable SnapshotTree parent) {
        this.pipeline = pipeline;
        this.time = time;
        this.parent = parent;
    }

    /** Stores the trees and returns the root. */
    BlobId build(NavigableMap<String, SnapshotFiles.NewFile> files) throws InterruptedException {
        files.forEach(this::add);
        return store(root, "");
    }

    private void add(String path, SnapshotFiles.NewFile file) {
        String[] names = path.split("/", -1);
        Folder folder = root;
        for (int i = 0; i < names.length - 1; i++) {
            folder = folder.folders.computeIfAbsent(names[i], name -> new Folder());
        }
        BlobIdList content = file.content();
        bytes += file.size();
        folder.files.add(TreeNode.file(names[names.length - 1], fileTime(path, content), file.size(), content));
    }

    private Instant fileTime(String path, BlobIdList content) {
        TreeNode before = parent == null ? null : parent.files().get(path);
        if (before == null) {
            filesNew++;
            return time;
        }
        boolean same = content.equals(before.content());
        filesUnmodified += same ? 1 : 0;
        filesChanged += same ? 0 : 1;
        return same && before.mtime() != null ? before.mtime() : time;
    }

    private BlobId store(Folder folder, String path) throws InterruptedException {
        List<TreeNode> nodes = new ArrayList<>(folder.files);
        for (Map.Entry<String, Folder> below : folder.folders.entrySet()) {
            String belowPath = path.isEmpty() ? below.getKey() : path + "/" + below.getKey();
            BlobId tree = store(below.getValue(), belowPath);
            nodes.add(TreeNode.folder(below.getKey(), folderTime(belowPath, tree), tree));
        }
        byte[] text = TreeCodec.write(nodes);
        BlobId id = Sha256.hash(text, 0, text.length);
        pipeline.store(BlobType.TREE, text, text.length, stored -> {
            if (!stored.equals(id)) {
                throw new IllegalStateException("a tree changed while it was stored");
            }
        });
        return id;
    }

    private Instant folderTime(String path, BlobId tree) {
        TreeNode before = parent == null ? null : parent.folders().get(path);
        if (before == null) {
            foldersNew++;
            return time;
        }
        boolean same = Objects.equals(tree, before.subtree());
        foldersUnmodified += same ? 1 : 0;
        foldersChanged += same ? 0 : 1;
        return same && before.mtime() != null ? before.mtime() : time;
    }
}
