package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Copies what is needed of old packs into new ones. Blobs stay encrypted as they are; each one is verified as it is
 * copied, and again in the new pack. Used by one thread.
 */
final class Repacker implements AutoCloseable {
    private static final int MAX_FETCH = 4 << 20;

    private final BlobStore store;
    private final BlobLoader loader;
    private final PruneChoice choice;
    private final Queue<PackBlobs> finished;
    private final MessageCipher cipher;
    private final BlobCodec codec;
    private final Map<BlobType, PackBuilder> open = new EnumMap<>(BlobType.class);

    /** {@code finished} gets each new pack once it is durable. */
    Repacker(PruneChoice choice, BlobLoader loader, Queue<PackBlobs> finished) {
        this.choice = choice;
        this.loader = loader;
        this.finished = finished;
        store = choice.files().store();
        cipher = new MessageCipher(choice.files().key());
        codec = new BlobCodec(choice.files().key());
    }

    /** @throws RepositoryException DAMAGED when a blob has no intact copy */
    void copy(BlobId pack) throws IOException {
        List<PackedBlob> needed = choice.loaded().index().blobsOf(pack).stream()
                .filter(blob -> choice.isNeeded(pack, blob))
                .sorted(Comparator.comparingLong(PackedBlob::offset))
                .toList();
        int from = 0;
        while (from < needed.size()) {
            int to = from + 1;
            while (to < needed.size()
                    && needed.get(to).offset() == needed.get(to - 1).end()
                    && needed.get(to).end() - needed.get(from).offset() <= MAX_FETCH) {
                to++;
            }
            copyTogether(pack, needed.subList(from, to));
            from = to;
        }
    }

    private void copyTogether(BlobId pack, List<PackedBlob> blobs) throws IOException {
        long start = blobs.getFirst().offset();
        byte[] bytes;
        try {
            bytes = loader.range(pack, start, (int) (blobs.getLast().end() - start));
        } catch (IOException e) {
            for (PackedBlob blob : blobs) {
                copyAlone(pack, blob);
            }
            return;
        }
        List<PackedBlob> damaged = new ArrayList<>();
        for (PackedBlob blob : blobs) {
            try {
                codec.verify(blob, bytes, (int) (blob.offset() - start));
                add(blob, bytes, (int) (blob.offset() - start));
            } catch (FormatException e) {
                damaged.add(blob);
            }
        }
        for (PackedBlob blob : damaged) {
            copyAlone(pack, blob);
        }
    }

    /** From whichever copy is intact; encrypted anew, because another copy may be stored another way. */
    private void copyAlone(BlobId pack, PackedBlob blob) throws IOException {
        byte[] plain = loader.load(choice.sources(pack, blob), blob.id(), "pack " + pack);
        if (plain.length == 0) {
            throw RepositoryException.damaged("pack " + pack + " holds an empty blob, which no program writes");
        }
        int length = codec.seal(plain, plain.length);
        add(new PackedBlob(blob.type(), blob.id(), 0, length, plain.length), codec.sealed(), 0);
    }

    private void add(PackedBlob blob, byte[] bytes, int offset) throws IOException {
        PackBuilder builder = open.computeIfAbsent(blob.type(), type -> new PackBuilder());
        builder.add(blob, bytes, offset);
        if (builder.isFull()) {
            finish(builder);
        }
    }

    /** Stores the packs that are not full. */
    void finish() throws IOException {
        for (PackBuilder builder : open.values()) {
            if (!builder.isEmpty()) {
                finish(builder);
            }
        }
    }

    private void finish(PackBuilder builder) throws IOException {
        try {
            PackBlobs pack = builder.finish(cipher, codec);
            store.save(new Handle(FileType.DATA, pack.pack().hex()), builder.bytes(), builder.length());
            finished.add(pack);
            builder.clear();
        } catch (FormatException e) {
            throw RepositoryException.damaged("a new pack does not come back as it was: " + e.reason());
        }
    }

    @Override
    public void close() {
        codec.close();
    }
}
