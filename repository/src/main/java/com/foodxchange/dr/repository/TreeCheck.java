package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.Index.Location;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Walks every snapshot as a restore does: each folder is loaded, each file's blobs are known and add up to its size, and
 * names are sorted and unique. What cannot be restored is added to the finding that explains it.
 */
final class TreeCheck {
    private static final int MAX_DEPTH = 2_048;
    private static final Set<String> TYPES =
            Set.of(TreeNode.FILE, TreeNode.FOLDER, "symlink", "dev", "chardev", "fifo", "socket");
    private static final String WRITTEN_WRONG =
            "the program that wrote it has an error, or its memory has; take a new full backup";

    private final BlobLoader loader;
    private final IndexCheck index;
    private final DamagedBlobs damaged;
    private final CheckFindings findings;
    /** Trees with nothing wrong in them or below; the same tree in another snapshot need not be walked again. */
    private final BlobIdSet good = new BlobIdSet();

    TreeCheck(BlobLoader loader, IndexCheck index, DamagedBlobs damaged, CheckFindings findings) {
        this.loader = loader;
        this.index = index;
        this.damaged = damaged;
        this.findings = findings;
    }

    void run(Collection<Snapshot> snapshots) throws InterruptedException, ExecutionException {
        Parallel.forEach(snapshots, snapshot -> new Walk(snapshot).tree(snapshot.tree(), "", 0));
    }

    /** The walk through one snapshot. */
    private final class Walk {
        private final Snapshot snapshot;

        Walk(Snapshot snapshot) {
            this.snapshot = snapshot;
        }

        /** Checks a folder, whose path is empty or ends with a slash, and returns whether nothing is wrong. */
        boolean tree(BlobId id, String path, int depth) throws IOException, InterruptedException {
            if (good.contains(id)) {
                return true;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<TreeNode> nodes = depth > MAX_DEPTH ? null : load(id, path.isEmpty() ? "/" : path);
            if (nodes == null) {
                return false;
            }
            boolean clean = ordered(id, nodes, path) && index.main().contains(BlobType.TREE, id);
            for (TreeNode node : nodes) {
                clean &= node(id, node, path, depth);
            }
            if (clean) {
                good.add(id);
            }
            return clean;
        }

        private @Nullable List<TreeNode> load(BlobId id, String path) throws IOException {
            byte[] text = loadText(id, path);
            if (text == null) {
                return null;
            }
            try {
                return TreeCodec.read(text);
            } catch (FormatException e) {
                problem(id, "the folder cannot be read: " + e.reason(), path);
                return null;
            }
        }

        /** Trees are read even when no data is, and a damaged copy is told of although another one is intact. */
        private byte @Nullable [] loadText(BlobId id, String path) throws IOException {
            List<Location> copies = usable(BlobType.TREE, id, path);
            for (Location copy : copies) {
                try (CodecPool.Lease lease = loader.codecs().borrow()) {
                    byte[] stored = loader.range(
                            copy.pack(), copy.blob().offset(), copy.blob().length());
                    return lease.codec().open(copy.blob(), stored, 0);
                } catch (FormatException e) {
                    lost(copy, "the pack is damaged: tree " + id + " cannot be used, " + e.reason());
                } catch (IOException e) {
                    lost(copy, "the pack is damaged: tree " + id + " cannot be read, " + e.getMessage());
                }
            }
            if (!copies.isEmpty()) {
                damaged.found(BlobType.TREE, id).forEach(found -> found.hit(snapshot, path));
            }
            return null;
        }

        private void lost(Location copy, String message) {
            damaged.add(
                    copy.pack(),
                    copy.blob(),
                    findings.problem(PackCheck.describe(copy.pack()), message, PackCheck.REPLACE));
        }

        /** The copies of a blob that may be intact; when there are none, what explains it is told of the hit. */
        private List<Location> usable(BlobType type, BlobId id, String path) {
            List<Location> named = index.main().locations(type, id);
            if (named.isEmpty()) {
                index.hitUnnamed(type, id, snapshot, path);
            }
            List<Location> all = named.isEmpty() ? index.locations(type, id) : named;
            if (damaged.isEmpty()) {
                return all;
            }
            List<Location> usable =
                    all.stream().filter(copy -> !damaged.contains(copy)).toList();
            if (usable.isEmpty()) {
                damaged.found(type, id).forEach(found -> found.hit(snapshot, path));
            }
            return usable;
        }

        private boolean ordered(BlobId id, List<TreeNode> nodes, String path) {
            for (int i = 1; i < nodes.size(); i++) {
                TreeNode before = nodes.get(i - 1);
                TreeNode node = nodes.get(i);
                // A name that is not UTF-8 stays quoted here, and restic does not sort by that.
                boolean comparable =
                        before.name().indexOf('\\') < 0 && node.name().indexOf('\\') < 0;
                if (comparable && TreeCodec.BY_NAME.compare(before, node) >= 0) {
                    problem(id, "the names in the folder are not sorted, so lookups miss some", folder(path));
                    return false;
                }
            }
            return true;
        }

        private boolean node(BlobId tree, TreeNode node, String path, int depth)
                throws IOException, InterruptedException {
            String own = path + node.name();
            BlobId subtree = node.subtree();
            BlobIdList content = node.content();
            if (!TYPES.contains(node.type())) {
                problem(tree, "the entry " + node.name() + " is of the unknown type " + node.type(), own);
                return false;
            }
            if (node.type().equals(TreeNode.FOLDER) && subtree != null) {
                return tree(subtree, own + "/", depth + 1);
            }
            return !node.type().equals(TreeNode.FILE) || content == null || content(tree, node, content, own);
        }

        private boolean content(BlobId tree, TreeNode file, BlobIdList content, String path) {
            boolean clean = true;
            boolean known = true;
            long size = 0;
            for (int i = 0; i < content.size(); i++) {
                List<Location> copies = index.main().locations(BlobType.DATA, content.get(i));
                if (copies.isEmpty() || damaged.isLost(copies)) {
                    clean = false;
                    copies = usable(BlobType.DATA, content.get(i), path);
                }
                known &= !copies.isEmpty();
                size += copies.isEmpty() ? 0 : copies.getFirst().blob().plainLength();
            }
            if (known && size != file.size()) {
                problem(
                        tree,
                        "the file %s has %d bytes, but its folder says %d".formatted(file.name(), size, file.size()),
                        path);
                return false;
            }
            return clean;
        }

        private void problem(BlobId tree, String message, String path) {
            findings.problem("tree " + tree, message, WRITTEN_WRONG).hit(snapshot, path);
        }

        private static String folder(String path) {
            return path.isEmpty() ? "/" : path;
        }
    }
}
