package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads one pack wholly, in stretches of a few megabytes: its hash, its header against the index, and each blob as a
 * restore would. Used once.
 */
final class PackVerification {
    private static final int MAX_FETCH = 4 << 20;

    private final RepositoryFiles files;
    private final BlobLoader loader;
    private final BlobId pack;
    private final long size;
    private final MessageDigest digest = Sha256.digest();
    private final List<PackedBlob> damaged = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();

    PackVerification(RepositoryFiles files, BlobLoader loader, BlobId pack, long size) {
        this.files = files;
        this.loader = loader;
        this.pack = pack;
        this.size = size;
    }

    /**
     * Verifies the pack.
     *
     * @param listed the blobs of the pack as readers find them
     */
    void run(List<PackedBlob> listed) {
        List<PackedBlob> blobs = listed.stream()
                .sorted(Comparator.comparingLong(PackedBlob::offset))
                .toList();
        compareHeader(blobs);
        if (isGapless(blobs)) {
            readInOrder(blobs);
        } else {
            readStretch(0, size);
            blobs.forEach(this::verifyAlone);
        }
        compareHash();
        if (!damaged.isEmpty()) {
            wrong.add("%d of its %d blobs are damaged".formatted(damaged.size(), blobs.size()));
        } else if (!wrong.isEmpty()) {
            wrong.add("all its %d blobs are intact".formatted(blobs.size()));
        }
    }

    /** What is wrong; empty when nothing is. */
    String message() {
        return String.join(", ", wrong);
    }

    List<PackedBlob> damaged() {
        return damaged;
    }

    private void compareHeader(List<PackedBlob> blobs) {
        try {
            PackReader reader = new PackReader(files.store(), new MessageCipher(files.key()));
            Set<PackedBlob> header = new HashSet<>(reader.blobs(pack, size));
            if (!header.equals(new HashSet<>(blobs))) {
                wrong.add("its header and the index name different blobs");
            }
        } catch (FormatException e) {
            wrong.add(e.reason());
        } catch (IOException e) {
            wrong.add("it cannot be read: " + e.getMessage());
        }
    }

    private boolean isGapless(List<PackedBlob> blobs) {
        long end = 0;
        for (PackedBlob blob : blobs) {
            if (blob.offset() != end) {
                return false;
            }
            end = blob.end();
        }
        return end <= size;
    }

    private void readInOrder(List<PackedBlob> blobs) {
        int from = 0;
        while (from < blobs.size()) {
            int to = from + 1;
            while (to < blobs.size() && blobs.get(to).end() - blobs.get(from).offset() <= MAX_FETCH) {
                to++;
            }
            readTogether(blobs.subList(from, to));
            from = to;
        }
        readStretch(blobs.isEmpty() ? 0 : blobs.getLast().end(), size);
    }

    private void readTogether(List<PackedBlob> blobs) {
        long start = blobs.getFirst().offset();
        try {
            byte[] bytes = loader.range(pack, start, (int) (blobs.getLast().end() - start));
            digest.update(bytes);
            for (PackedBlob blob : blobs) {
                verify(blob, bytes, (int) (blob.offset() - start));
            }
        } catch (IOException e) {
            // A bad sector hits few of them.
            blobs.forEach(this::verifyAlone);
        }
    }

    private void verify(PackedBlob blob, byte[] bytes, int offset) {
        try (CodecPool.Lease lease = loader.codecs().borrow()) {
            lease.codec().verify(blob, bytes, offset);
        } catch (FormatException e) {
            damaged.add(blob);
        }
    }

    private void verifyAlone(PackedBlob blob) {
        try {
            verify(blob, loader.range(pack, blob.offset(), blob.length()), 0);
        } catch (NoSuchFileException | EOFException e) {
            damaged.add(blob);
        } catch (IOException e) {
            damaged.add(blob);
            String message = "it cannot be read: " + e.getMessage();
            if (!wrong.contains(message)) {
                wrong.add(message);
            }
        }
    }

    private void readStretch(long from, long to) {
        try {
            for (long at = from; at < to; at += MAX_FETCH) {
                digest.update(loader.range(pack, at, (int) Math.min(MAX_FETCH, to - at)));
            }
        } catch (IOException e) {
            // Then the hash does not match either.
        }
    }

    private void compareHash() {
        if (!BlobId.of(digest.digest(), 0).equals(pack)) {
            wrong.addFirst("its bytes do not match its name");
        }
    }
}
