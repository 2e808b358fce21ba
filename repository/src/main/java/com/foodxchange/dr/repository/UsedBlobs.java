package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.Index.Location;
import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** The blobs that snapshots need, each of which is known to be somewhere. Thread-safe. */
final class UsedBlobs {
    private static final int MAX_DEPTH = 2_048;

    private final RepositoryFiles files;
    private final LoadedIndex loaded;
    private final BlobLoader loader;
    private final Map<BlobId, Long> stored = new HashMap<>();
    private final BlobIdSet data = new BlobIdSet();
    private final BlobIdSet trees = new BlobIdSet();
    private boolean unlistedAdded;

    UsedBlobs(RepositoryFiles files, LoadedIndex loaded, BlobLoader loader) {
        this.files = files;
        this.loaded = loaded;
        this.loader = loader;
    }

    /** @throws RepositoryException DAMAGED when something that is needed is missing */
    void collect(Collection<Snapshot> snapshots) throws IOException, InterruptedException, ExecutionException {
        for (Entry pack : files.store().list(FileType.DATA)) {
            stored.put(BlobId.parse(pack.name()), pack.size());
        }
        Parallel.forEach(snapshots, snapshot -> addTree(snapshot.tree(), snapshot, 0));
    }

    private void addTree(BlobId id, Snapshot snapshot, int depth) throws IOException, InterruptedException {
        if (!trees.add(id)) {
            return;
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (depth > MAX_DEPTH) {
            throw damaged("snapshot " + snapshot.id() + " has deeper folders than any real one");
        }
        String what = "snapshot " + snapshot.id().substring(0, 8);
        byte[] text = loader.load(locations(BlobType.TREE, id, what), id, what);
        for (TreeNode node : read(text, what)) {
            BlobIdList content = node.content();
            for (int i = 0; content != null && i < content.size(); i++) {
                if (data.add(content.get(i))) {
                    locations(BlobType.DATA, content.get(i), node.name() + " in " + what);
                }
            }
            if (node.subtree() != null) {
                addTree(node.subtree(), snapshot, depth + 1);
            }
        }
    }

    private static List<TreeNode> read(byte[] text, String what) {
        try {
            return TreeCodec.read(text);
        } catch (FormatException e) {
            throw damaged("a folder of " + what + " cannot be read: " + e.reason());
        }
    }

    /** The places of a blob whose packs are there. */
    private List<Location> locations(BlobType type, BlobId id, String what) throws IOException {
        List<Location> there = there(type, id);
        if (there.isEmpty() && addUnlistedPacks()) {
            there = there(type, id);
        }
        if (there.isEmpty()) {
            throw damaged("blob %s of %s is lost: no pack that is there has it".formatted(id, what));
        }
        return there;
    }

    private List<Location> there(BlobType type, BlobId id) {
        return loaded.index().locations(type, id).stream()
                .filter(copy -> stored.containsKey(copy.pack()))
                .toList();
    }

    /** Without an index file that named them, what is needed may lie in packs that no index names. */
    private synchronized boolean addUnlistedPacks() throws IOException {
        if (!unlistedAdded) {
            unlistedAdded = true;
            loaded.addUnlistedPacks(files);
        }
        return true;
    }

    private static RepositoryException damaged(String message) {
        return new RepositoryException(
                Kind.DAMAGED, message, "run a check, and forget the snapshots that are hit, before pruning");
    }

    boolean contains(BlobType type, BlobId id) {
        return (type == BlobType.DATA ? data : trees).contains(id);
    }

    /** The packs that are there, with their sizes. */
    Map<BlobId, Long> stored() {
        return stored;
    }
}
