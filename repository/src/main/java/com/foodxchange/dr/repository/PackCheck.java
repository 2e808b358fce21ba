package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.CheckFindings.Found;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/** Checks that every pack is there with the size that the index implies, and reads those that are asked for. */
final class PackCheck {
    static final String REPLACE = "put the file back from a copy of the repository; without one, delete it, so that the"
            + " next full backup stores again what the source still has, and forget the snapshots that stay hit";

    private final RepositoryFiles files;
    private final BlobLoader loader;
    private final IndexCheck index;
    private final CheckScope scope;
    private final PackProgress progress;
    private final CheckFindings findings;
    private final DamagedBlobs damaged = new DamagedBlobs();
    private final Map<BlobId, Found> missing = new HashMap<>();
    private long allBytes;
    private int allPacks;
    private long packsRead;
    private long bytesRead;

    PackCheck(
            RepositoryFiles files,
            BlobLoader loader,
            IndexCheck index,
            CheckScope scope,
            PackProgress progress,
            CheckFindings findings) {
        this.files = files;
        this.loader = loader;
        this.index = index;
        this.scope = scope;
        this.progress = progress;
        this.findings = findings;
    }

    void run() throws InterruptedException, ExecutionException {
        Map<BlobId, String> toRead = new HashMap<>();
        index.main().forEachPack((pack, size) -> compareSize(pack, size, toRead));
        if (index.hasDamagedFiles()) {
            index.recovered().forEachPack((pack, size) -> compareSize(pack, size, toRead));
        }
        allPacks = toRead.size();
        allBytes = toRead.keySet().stream().mapToLong(this::stored).sum();
        markMissing();
        Parallel.forEach(toRead.keySet(), pack -> read(pack, toRead.getOrDefault(pack, "")));
    }

    private long stored(BlobId pack) {
        return index.stored().getOrDefault(pack, -1L);
    }

    /** A pack of another size is read in any case, because only that tells which blobs are hit. */
    private void compareSize(BlobId pack, long size, Map<BlobId, String> toRead) {
        long stored = stored(pack);
        if (stored < 0) {
            missing.put(pack, findings.problem(describe(pack), "the pack is missing", REPLACE));
        } else if (stored != size) {
            toRead.put(pack, "it has %d bytes instead of %d".formatted(stored, size));
        } else if (scope.reads(pack)) {
            toRead.put(pack, "");
        }
    }

    private void markMissing() {
        if (!missing.isEmpty()) {
            index.main().forEachBlob((pack, blob) -> {
                Found found = missing.get(pack);
                if (found != null) {
                    damaged.add(pack, blob, found);
                }
            });
        }
    }

    private void read(BlobId pack, String wrongSize) {
        PackVerification verification = new PackVerification(files, loader, pack, stored(pack));
        verification.run(blobsOf(pack));
        String message = join(wrongSize, verification.message());
        if (!message.isEmpty()) {
            Found found = findings.problem(describe(pack), "the pack is damaged: " + message, REPLACE);
            verification.damaged().forEach(blob -> damaged.add(pack, blob, found));
        }
        count(stored(pack));
    }

    private List<PackedBlob> blobsOf(BlobId pack) {
        return index.main().knowsPack(pack)
                ? index.main().blobsOf(pack)
                : index.recovered().blobsOf(pack);
    }

    private static String join(String one, String other) {
        return one.isEmpty() || other.isEmpty() ? one + other : one + ", " + other;
    }

    private synchronized void count(long bytes) {
        packsRead++;
        bytesRead += bytes;
        progress.done(packsRead, allPacks, bytesRead, allBytes);
    }

    static String describe(BlobId pack) {
        return RepositoryFiles.describe(FileType.DATA, pack.hex());
    }

    DamagedBlobs damaged() {
        return damaged;
    }

    synchronized long packsRead() {
        return packsRead;
    }

    synchronized long bytesRead() {
        return bytesRead;
    }
}
