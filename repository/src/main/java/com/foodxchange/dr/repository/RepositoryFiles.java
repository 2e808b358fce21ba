package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import javax.crypto.AEADBadTagException;

/**
 * The encrypted files beside the packs: indexes, snapshots, locks, each a JSON text that is compressed behind a first
 * byte 2. Thread-safe.
 */
final class RepositoryFiles {
    private static final byte COMPRESSED = 2;
    private static final int LEVEL = 3;
    /** An index of 50,000 blobs has 8 MB. */
    private static final int MAX_PLAIN = 512 << 20;

    private final BlobStore store;
    private final MasterKey key;

    RepositoryFiles(BlobStore store, MasterKey key) {
        this.store = store;
        this.key = key;
    }

    BlobStore store() {
        return store;
    }

    MasterKey key() {
        return key;
    }

    /** Saves the text durably and returns the name of its file. */
    BlobId save(FileType type, byte[] text) throws IOException {
        byte[] packed = new byte[1 + Math.toIntExact(Zstd.compressBound(text.length))];
        packed[0] = COMPRESSED;
        long size = Zstd.compressByteArray(packed, 1, packed.length - 1, text, 0, text.length, LEVEL);
        if (Zstd.isError(size)) {
            throw new IllegalStateException("zstd failed: " + Zstd.getErrorName(size));
        }
        byte[] sealed = new byte[1 + (int) size + MessageCipher.OVERHEAD];
        new MessageCipher(key).seal(packed, 0, 1 + (int) size, sealed, 0);
        BlobId name = Sha256.hash(sealed, 0, sealed.length);
        store.save(new Handle(type, name.hex()), sealed, sealed.length);
        return name;
    }

    /**
     * The text of a file.
     *
     * @throws FormatException if it is damaged
     * @throws IOException if it cannot be read, {@link java.nio.file.NoSuchFileException} if it is not there
     */
    byte[] load(FileType type, String name) throws IOException, FormatException {
        byte[] sealed = store.load(new Handle(type, name));
        if (sealed.length == 0) {
            throw new FormatException("it is empty");
        }
        if (!Sha256.hash(sealed, 0, sealed.length).equals(BlobId.parse(name))) {
            throw new FormatException("its bytes do not match its name");
        }
        try {
            return unpack(new MessageCipher(key).open(sealed));
        } catch (AEADBadTagException e) {
            throw new FormatException("it was not encrypted with the key of this repository", e);
        }
    }

    private static byte[] unpack(byte[] plain) throws FormatException {
        if (plain.length > 0 && (plain[0] == '{' || plain[0] == '[')) {
            return plain;
        }
        if (plain.length == 0 || plain[0] != COMPRESSED) {
            throw new FormatException("it has an unknown encoding");
        }
        try (InputStream in = new ZstdInputStream(new ByteArrayInputStream(plain, 1, plain.length - 1))) {
            byte[] text = in.readNBytes(MAX_PLAIN);
            if (text.length == MAX_PLAIN) {
                throw new FormatException("it is too large");
            }
            return text;
        } catch (IOException e) {
            throw new FormatException("it cannot be decompressed: " + e.getMessage(), e);
        }
    }

    /** How messages call a file. */
    static String describe(FileType type, String name) {
        return type == FileType.CONFIG ? "config" : folder(type) + "/" + name;
    }

    private static String folder(FileType type) {
        return switch (type) {
            case INDEX, DATA -> type.name().toLowerCase(Locale.ROOT);
            case KEY, SNAPSHOT, LOCK, CONFIG -> type.name().toLowerCase(Locale.ROOT) + "s";
        };
    }
}
