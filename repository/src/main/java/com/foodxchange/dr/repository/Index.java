package com.foodxchange.dr.repository;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Where every blob is, in memory: about 60 bytes per blob, kept in pages of plain numbers and found by open addressing.
 * A blob may be in several places. Thread-safe.
 */
final class Index {
    private static final int PAGE_BITS = 14;
    private static final int PAGE = 1 << PAGE_BITS;
    /** Words of an entry: the id, pack and type, offset and length, uncompressed length. */
    private static final int WORDS = 7;

    private static final int TYPE_SHIFT = 32;
    private static final int[] NONE = {};

    private final List<BlobId> packs = new ArrayList<>();
    private final List<Long> packSizes = new ArrayList<>();
    private final Map<BlobId, Integer> packNumbers = new HashMap<>();
    /** By pack: the first entry and the one after the last of each stretch of entries that were added together. */
    private final List<int[]> stretches = new ArrayList<>();

    private final List<long[]> pages = new ArrayList<>();
    private int size;
    /** Entry numbers plus one; zero is free. */
    private int[] table = new int[1 << 10];

    /** A place where a blob is. */
    record Location(BlobId pack, PackedBlob blob) {}

    /** Adds the blobs of a pack; those that are known at the same place are left out. */
    synchronized void add(PackBlobs added) {
        Integer known = packNumbers.get(added.pack());
        int pack = known == null ? addPack(added) : known;
        int first = size;
        for (PackedBlob blob : added.blobs()) {
            if (known == null || !isKnown(blob, pack)) {
                insert(blob, pack);
            }
        }
        addStretch(pack, first);
    }

    private void addStretch(int pack, int first) {
        if (size > first) {
            int[] old = stretches.get(pack);
            int[] longer = Arrays.copyOf(old, old.length + 2);
            longer[old.length] = first;
            longer[old.length + 1] = size;
            stretches.set(pack, longer);
        }
    }

    /** Whether several index files name different blobs of one pack. */
    synchronized boolean hasSplitPacks() {
        return stretches.stream().anyMatch(entries -> entries.length > 2);
    }

    /** Every blob of a pack; empty when the pack is unknown. */
    synchronized List<PackedBlob> blobsOf(BlobId pack) {
        List<PackedBlob> blobs = new ArrayList<>();
        Integer number = packNumbers.get(pack);
        int[] entries = number == null ? NONE : stretches.get(number);
        for (int i = 0; i < entries.length; i += 2) {
            for (int entry = entries[i]; entry < entries[i + 1]; entry++) {
                blobs.add(location(entry).blob());
            }
        }
        return blobs;
    }

    private int addPack(PackBlobs added) {
        int number = packs.size();
        packs.add(added.pack());
        packSizes.add(added.size());
        packNumbers.put(added.pack(), number);
        stretches.add(NONE);
        return number;
    }

    private boolean isKnown(PackedBlob blob, int pack) {
        for (int slot = slot(blob.id()); table[slot] != 0; slot = next(slot)) {
            int entry = table[slot] - 1;
            if (matches(entry, blob.type(), blob.id())
                    && (int) word(entry, 4) == pack
                    && word(entry, 5) >>> 32 == blob.offset()) {
                return true;
            }
        }
        packSizes.set(pack, packSizes.get(pack) + blob.length() + PackHeader.entryBytes(blob));
        return false;
    }

    private void insert(PackedBlob blob, int pack) {
        if (size + size / 2 >= table.length) {
            grow();
        }
        if (size % PAGE == 0) {
            pages.add(new long[PAGE * WORDS]);
        }
        long[] page = pages.get(size >>> PAGE_BITS);
        int at = (size & (PAGE - 1)) * WORDS;
        BlobId id = blob.id();
        page[at] = id.a();
        page[at + 1] = id.b();
        page[at + 2] = id.c();
        page[at + 3] = id.d();
        page[at + 4] = ((long) blob.type().code() << TYPE_SHIFT) | pack;
        page[at + 5] = (blob.offset() << 32) | blob.length();
        page[at + 6] = blob.uncompressedLength();
        link(size);
        size++;
    }

    private void grow() {
        table = new int[table.length * 2];
        for (int entry = 0; entry < size; entry++) {
            link(entry);
        }
    }

    private void link(int entry) {
        int slot = slotOf(word(entry, 0));
        while (table[slot] != 0) {
            slot = next(slot);
        }
        table[slot] = entry + 1;
    }

    synchronized boolean contains(BlobType type, BlobId id) {
        return find(type, id, slot(id)) >= 0;
    }

    /** Every place where the blob is; empty when it is unknown. */
    synchronized List<Location> locations(BlobType type, BlobId id) {
        List<Location> found = new ArrayList<>(1);
        for (int slot = find(type, id, slot(id)); slot >= 0; slot = find(type, id, next(slot))) {
            found.add(location(table[slot] - 1));
        }
        return found;
    }

    /** The slot of the first entry of the blob at {@code slot} or after it, or -1. */
    private int find(BlobType type, BlobId id, int slot) {
        for (int at = slot; table[at] != 0; at = next(at)) {
            if (matches(table[at] - 1, type, id)) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(int entry, BlobType type, BlobId id) {
        return word(entry, 0) == id.a()
                && word(entry, 1) == id.b()
                && word(entry, 2) == id.c()
                && word(entry, 3) == id.d()
                && word(entry, 4) >>> TYPE_SHIFT == type.code();
    }

    private Location location(int entry) {
        BlobId id = new BlobId(word(entry, 0), word(entry, 1), word(entry, 2), word(entry, 3));
        long place = word(entry, 5);
        PackedBlob blob = new PackedBlob(
                BlobType.ofCode((int) (word(entry, 4) >>> TYPE_SHIFT)), id, place >>> 32, (int) place, (int)
                        word(entry, 6));
        return new Location(packs.get((int) word(entry, 4)), blob);
    }

    private long word(int entry, int word) {
        return pages.get(entry >>> PAGE_BITS)[(entry & (PAGE - 1)) * WORDS + word];
    }

    private int slot(BlobId id) {
        return slotOf(id.a());
    }

    private int slotOf(long firstWord) {
        return (int) firstWord & (table.length - 1);
    }

    private int next(int slot) {
        return (slot + 1) & (table.length - 1);
    }

    /** How many places of blobs are known. */
    synchronized int size() {
        return size;
    }

    /** Calls {@code action} for each pack with the size that it should have. */
    synchronized void forEachPack(BiConsumer<BlobId, Long> action) {
        for (int i = 0; i < packs.size(); i++) {
            action.accept(packs.get(i), packSizes.get(i));
        }
    }

    /** Calls {@code action} for each place of each blob, in the order in which they were added. */
    synchronized void forEachBlob(BiConsumer<BlobId, PackedBlob> action) {
        for (int entry = 0; entry < size; entry++) {
            Location location = location(entry);
            action.accept(location.pack(), location.blob());
        }
    }

    synchronized boolean knowsPack(BlobId pack) {
        return packNumbers.containsKey(pack);
    }
}
