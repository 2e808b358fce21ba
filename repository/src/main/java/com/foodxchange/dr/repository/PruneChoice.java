package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.Index.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which packs stay, which are copied from, and which go. */
final class PruneChoice {
    private static final int MANY_INDEX_FILES = 16;

    private final RepositoryFiles files;
    private final LoadedIndex loaded;
    private final UsedBlobs used;
    private final @Nullable BlobLoader verifier;
    private final Map<BlobId, PackUse> uses = new HashMap<>();
    /** The copy to keep of each blob that is there more than once. */
    private final Map<Key, BlobId> chosen = new ConcurrentHashMap<>();

    private final List<BlobId> keep = new ArrayList<>();
    private final List<BlobId> repack = new ArrayList<>();
    private final List<BlobId> remove = new ArrayList<>();
    private boolean packsAreGone;

    private record Key(BlobType type, BlobId id) {}

    /** How much of a pack is needed. */
    private static final class PackUse {
        final long size;
        final boolean wrongSize;
        long usedBytes;
        long unusedBytes;

        @Nullable
        BlobType type;

        boolean mixed;

        PackUse(long size, boolean wrongSize) {
            this.size = size;
            this.wrongSize = wrongSize;
        }

        void add(PackedBlob blob, boolean needed) {
            mixed |= type != null && type != blob.type();
            type = blob.type();
            long bytes = (long) blob.length() + PackHeader.entryBytes(blob);
            usedBytes += needed ? bytes : 0;
            unusedBytes += needed ? 0 : bytes;
        }

        double unusedShare() {
            return (double) unusedBytes / size;
        }
    }

    /** {@code verifier}: reads copies before one of several is relied on; null to believe them. */
    PruneChoice(RepositoryFiles files, LoadedIndex loaded, UsedBlobs used, @Nullable BlobLoader verifier) {
        this.files = files;
        this.loaded = loaded;
        this.used = used;
        this.verifier = verifier;
    }

    void decide(double maxUnused) {
        loaded.index().forEachPack((pack, size) -> {
            Long stored = used.stored().get(pack);
            if (stored == null) {
                packsAreGone = true;
            } else {
                uses.put(pack, new PackUse(stored, !stored.equals(size)));
            }
        });
        loaded.index().forEachBlob((pack, blob) -> {
            PackUse use = uses.get(pack);
            if (use != null) {
                use.add(blob, isNeeded(pack, blob));
            }
        });
        for (BlobId pack : used.stored().keySet()) {
            PackUse use = uses.get(pack);
            if (use == null || use.usedBytes == 0) {
                remove.add(pack);
            }
        }
        chooseRepack(maxUnused);
    }

    private void chooseRepack(double maxUnused) {
        List<BlobId> partly = new ArrayList<>();
        long usedBytes = 0;
        long unusedBytes = 0;
        for (Map.Entry<BlobId, PackUse> entry : uses.entrySet()) {
            PackUse use = entry.getValue();
            usedBytes += use.usedBytes;
            if (use.usedBytes > 0 && (use.mixed || use.wrongSize)) {
                repack.add(entry.getKey());
            } else if (use.usedBytes > 0 && use.unusedBytes > 0) {
                unusedBytes += use.unusedBytes;
                partly.add(entry.getKey());
            } else if (use.usedBytes > 0) {
                keep.add(entry.getKey());
            }
        }
        partly.sort(Comparator.comparingDouble((BlobId pack) -> use(pack).unusedShare())
                .reversed()
                .thenComparing(Comparator.naturalOrder()));
        double allowed = usedBytes * maxUnused / (1 - maxUnused);
        for (BlobId pack : partly) {
            if (unusedBytes > allowed) {
                repack.add(pack);
                unusedBytes -= use(pack).unusedBytes;
            } else {
                keep.add(pack);
            }
        }
    }

    private PackUse use(BlobId pack) {
        PackUse use = uses.get(pack);
        if (use == null) {
            throw new IllegalArgumentException("not a pack that is there: " + pack);
        }
        return use;
    }

    /** Whether this copy of the blob is the one that stays. */
    boolean isNeeded(BlobId pack, PackedBlob blob) {
        if (!used.contains(blob.type(), blob.id())) {
            return false;
        }
        List<Location> copies = copies(blob);
        if (copies.size() == 1) {
            return copies.getFirst().pack().equals(pack)
                    && copies.getFirst().blob().equals(blob);
        }
        Location first = copies.getFirst();
        BlobId choice = chosen.computeIfAbsent(new Key(blob.type(), blob.id()), key -> choose(copies));
        // The same pack may have the blob twice.
        Location kept = copies.stream()
                .filter(copy -> copy.pack().equals(choice))
                .findFirst()
                .orElse(first);
        return choice.equals(pack) && kept.blob().equals(blob);
    }

    private List<Location> copies(PackedBlob blob) {
        return loaded.index().locations(blob.type(), blob.id()).stream()
                .filter(copy -> uses.containsKey(copy.pack()))
                .toList();
    }

    /** The others are going to be removed, so the one that stays has to be intact. */
    private BlobId choose(List<Location> copies) {
        List<Location> whole = copies.stream()
                .sorted(Comparator.comparing(copy -> use(copy.pack()).wrongSize))
                .toList();
        for (Location copy : whole) {
            if (verifier == null || isIntact(copy, verifier)) {
                return copy.pack();
            }
        }
        throw RepositoryException.damaged("none of the copies of blob %s is intact"
                .formatted(copies.getFirst().blob().id()));
    }

    private static boolean isIntact(Location copy, BlobLoader loader) {
        try {
            loader.load(List.of(copy), copy.blob().id(), "a pack");
            return true;
        } catch (RepositoryException e) {
            return false;
        }
    }

    private boolean writesIndex() {
        int needed = loaded.index().size() / IndexBuilder.MAX_BLOBS + 1;
        boolean tooMany = loaded.files().size() > Math.max(MANY_INDEX_FILES, 4 * needed);
        Set<BlobId> listed = new HashSet<>(uses.keySet());
        listed.removeAll(loaded.unlisted());
        boolean listedGo =
                repack.stream().anyMatch(listed::contains) || remove.stream().anyMatch(listed::contains);
        boolean unlistedStay = keep.stream().anyMatch(loaded.unlisted()::contains);
        return loaded.index().hasSplitPacks()
                || tooMany
                || listedGo
                || unlistedStay
                || packsAreGone
                || !repack.isEmpty()
                || !loaded.damaged().isEmpty();
    }

    PrunePlan summary() {
        long copied = repack.stream().mapToLong(pack -> use(pack).usedBytes).sum();
        return new PrunePlan(
                keep.size(),
                bytes(keep),
                repack.size(),
                bytes(repack),
                copied,
                remove.size(),
                bytes(remove),
                keep.stream().mapToLong(pack -> use(pack).unusedBytes).sum(),
                writesIndex());
    }

    private long bytes(List<BlobId> packs) {
        return packs.stream()
                .mapToLong(pack -> used.stored().getOrDefault(pack, 0L))
                .sum();
    }

    RepositoryFiles files() {
        return files;
    }

    LoadedIndex loaded() {
        return loaded;
    }

    List<BlobId> keep() {
        return keep;
    }

    List<BlobId> repack() {
        return repack;
    }

    List<BlobId> remove() {
        return remove;
    }

    /** The length of a pack. */
    long size(BlobId pack) {
        return used.stored().getOrDefault(pack, 0L);
    }

    /** The copies that a needed blob can be read from, the chosen one first. */
    List<Location> sources(BlobId pack, PackedBlob blob) throws IOException {
        List<Location> sources = new ArrayList<>();
        sources.add(new Location(pack, blob));
        copies(blob).stream().filter(copy -> !copy.pack().equals(pack)).forEach(sources::add);
        return sources;
    }
}
