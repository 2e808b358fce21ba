package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.CheckFindings.Found;
import com.foodxchange.dr.repository.Index.Location;
import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Checks index files; where one is damaged or missing, the headers of packs tell what it must have said. */
final class IndexCheck {
    private static final String WRITE_ANEW =
            "write the index anew with 'dr prune', 'restic rebuild-index' or, from restic 0.16, 'restic repair index'";

    private final RepositoryFiles files;
    private final CheckFindings findings;
    private final Index main = new Index();
    private final Map<BlobId, Long> stored = new HashMap<>();
    private final Queue<Found> damaged = new ConcurrentLinkedQueue<>();
    private int count;
    private @Nullable Index recovered;

    IndexCheck(RepositoryFiles files, CheckFindings findings) {
        this.files = files;
        this.findings = findings;
    }

    void load() throws IOException, InterruptedException, ExecutionException {
        List<Entry> entries = files.store().list(FileType.INDEX);
        count = entries.size();
        Map<BlobId, Integer> blobsOfPacks = new ConcurrentHashMap<>();
        Parallel.forEach(entries, entry -> load(entry.name(), blobsOfPacks));
        for (Entry pack : files.store().list(FileType.DATA)) {
            stored.put(BlobId.parse(pack.name()), pack.size());
        }
        noteDuplicateBlobs();
        noteMixedPacks();
    }

    private void load(String name, Map<BlobId, Integer> blobsOfPacks) throws IOException {
        String file = RepositoryFiles.describe(FileType.INDEX, name);
        try {
            for (PackBlobs pack : IndexCodec.read(files.load(FileType.INDEX, name))) {
                main.add(pack);
                Integer other =
                        blobsOfPacks.putIfAbsent(pack.pack(), pack.blobs().size());
                if (other != null && other != pack.blobs().size()) {
                    findings.note(
                            RepositoryFiles.describe(FileType.DATA, pack.pack().hex()),
                            "several index files name different blobs of the pack, which newer restic refuses",
                            WRITE_ANEW);
                }
            }
        } catch (FormatException e) {
            damaged.add(findings.problem(
                    file,
                    "the index file cannot be used: " + e.reason()
                            + "; this program reads the headers of packs instead, restic does not open the repository",
                    WRITE_ANEW));
        }
    }

    private void noteDuplicateBlobs() {
        long[] countAndBytes = new long[2];
        main.forEachBlob((pack, blob) -> {
            List<Location> all = main.locations(blob.type(), blob.id());
            if (all.size() > 1 && !isAt(all.getFirst(), pack, blob)) {
                countAndBytes[0]++;
                countAndBytes[1] += blob.length();
            }
        });
        if (countAndBytes[0] > 0) {
            findings.note(
                    "index",
                    "%d copies of blobs are stored in addition to others, %d bytes"
                            .formatted(countAndBytes[0], countAndBytes[1]),
                    "'dr prune' frees them");
        }
    }

    private static boolean isAt(Location location, BlobId pack, PackedBlob blob) {
        return location.pack().equals(pack) && location.blob().offset() == blob.offset();
    }

    private void noteMixedPacks() {
        Map<BlobId, BlobType> types = new HashMap<>();
        Set<BlobId> mixed = new TreeSet<>();
        main.forEachBlob((pack, blob) -> {
            BlobType first = types.putIfAbsent(pack, blob.type());
            if (first != null && first != blob.type()) {
                mixed.add(pack);
            }
        });
        for (BlobId pack : mixed) {
            findings.note(
                    RepositoryFiles.describe(FileType.DATA, pack.hex()),
                    "the pack holds both folders and content, as only repositories of version 1 do",
                    "'dr prune' separates them");
        }
    }

    /** Packs in no index belong to a backup that was killed, or that is being written. */
    void noteOrphans() {
        Collection<BlobId> orphans = unlisted();
        if (!damaged.isEmpty() || recovered != null || orphans.isEmpty()) {
            return;
        }
        long bytes = orphans.stream()
                .mapToLong(pack -> stored.getOrDefault(pack, 0L))
                .sum();
        findings.note(
                "data",
                "%d packs of %d bytes are named by no index, such as %s: a backup was interrupted, or is running"
                        .formatted(orphans.size(), bytes, orphans.iterator().next()),
                "'dr prune' removes them");
    }

    /** Packs that are there but that no index names. */
    private List<BlobId> unlisted() {
        return stored.keySet().stream()
                .filter(pack -> !main.knowsPack(pack))
                .sorted()
                .toList();
    }

    /** What the index files that can be read say. */
    Index main() {
        return main;
    }

    /** What the headers of packs say that no index names. */
    synchronized Index recovered() {
        Index current = recovered;
        if (current == null) {
            current = new Index();
            PackReader packs = new PackReader(files.store(), new MessageCipher(files.key()));
            for (BlobId pack : unlisted()) {
                try {
                    current.add(new PackBlobs(pack, packs.blobs(pack, stored.getOrDefault(pack, 0L))));
                } catch (IOException | FormatException e) {
                    findings.problem(
                            RepositoryFiles.describe(FileType.DATA, pack.hex()),
                            "the pack is in no index that can be read, and its header neither: " + e.getMessage(),
                            "put the file back from a copy of the repository");
                }
            }
            recovered = current;
        }
        return current;
    }

    /** Every place of a blob. */
    List<Location> locations(BlobType type, BlobId id) {
        List<Location> named = main.locations(type, id);
        return named.isEmpty() ? recovered().locations(type, id) : named;
    }

    boolean hasDamagedFiles() {
        return !damaged.isEmpty();
    }

    /** Called for a blob that no index file names: says so for what needs it. */
    void hitUnnamed(BlobType type, BlobId id, Snapshot snapshot, String path) {
        if (recovered().locations(type, id).isEmpty()) {
            findings.problem(
                            "index",
                            "no index names some of the blobs that snapshots need, and no pack has them",
                            "put missing files back from a copy of the repository, or forget the snapshots that are hit")
                    .hit(snapshot, path);
        } else if (damaged.isEmpty()) {
            findings.problem(
                            "index",
                            "an index file is missing: no index names some of the packs that snapshots need, though"
                                    + " they are there; this program reads their headers instead, restic does not",
                            WRITE_ANEW)
                    .hit(snapshot, path);
        } else {
            damaged.forEach(found -> found.hit(snapshot, path));
        }
    }

    int files() {
        return count;
    }

    /** The packs that are there, with their sizes. */
    Map<BlobId, Long> stored() {
        return stored;
    }
}
