package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes packs, indexes, trees and snapshots as a faulty program might: encrypted and named properly, wrong otherwise. */
final class HandMade {
    private final RepositoryFiles files;
    private final MessageCipher cipher;

    HandMade(Repository repository) {
        files = repository.files();
        cipher = new MessageCipher(files.key());
    }

    static BlobId id(byte[] plain) {
        return Sha256.hash(plain, 0, plain.length);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A pack of uncompressed blobs. {@code header}: what its header says instead of the truth. */
    PackBlobs pack(BlobType type, List<byte[]> plains, int gap, UnaryOperator<PackedBlob> header) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[gap]);
        List<PackedBlob> blobs = new ArrayList<>();
        for (byte[] plain : plains) {
            byte[] sealed = cipher.seal(plain);
            blobs.add(new PackedBlob(type, id(plain), out.size(), sealed.length, 0));
            out.writeBytes(sealed);
        }
        return save(out, blobs, header);
    }

    /** A pack of these messages, each already compressed by whoever made them. */
    PackBlobs save(ByteArrayOutputStream out, List<PackedBlob> blobs, UnaryOperator<PackedBlob> header)
            throws IOException {
        List<PackedBlob> told = blobs.stream().map(header).toList();
        byte[] sealed = cipher.seal(PackHeader.encode(told));
        out.writeBytes(sealed);
        out.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(sealed.length)
                .array());
        byte[] pack = out.toByteArray();
        store().save(new Handle(FileType.DATA, id(pack).hex()), pack, pack.length);
        return new PackBlobs(id(pack), told);
    }

    PackBlobs pack(BlobType type, byte[]... plains) throws IOException {
        return pack(type, List.of(plains), 0, blob -> blob);
    }

    BlobId index(PackBlobs... packs) throws IOException {
        return files.save(FileType.INDEX, IndexCodec.write(List.of(packs)));
    }

    Snapshot snapshot(BlobId tree) throws IOException {
        Snapshot snapshot = new Snapshot(
                "", Contents.TIME, null, tree, List.of("/orders"), "orders", "", List.of(), null, null, null);
        String id = files.save(FileType.SNAPSHOT, SnapshotCodec.write(snapshot)).hex();
        return new Snapshot(
                id, Contents.TIME, null, tree, List.of("/orders"), "orders", "", List.of(), null, null, null);
    }

    void snapshot(String json) throws IOException {
        files.save(FileType.SNAPSHOT, bytes(json));
    }

    /** A node of a file, as JSON. */
    static String file(String quotedName, long size, byte[]... content) {
        List<String> ids = new ArrayList<>();
        for (byte[] blob : content) {
            ids.add("\"" + id(blob) + "\"");
        }
        return "{\"name\":\"" + quotedName + "\",\"type\":\"file\",\"size\":" + size + ",\"content\":["
                + String.join(",", ids) + "]}";
    }

    static byte[] tree(String... nodes) {
        return bytes("{\"nodes\":[" + String.join(",", nodes) + "]}\n");
    }

    BlobStore store() {
        return files.store();
    }

    MessageCipher cipher() {
        return cipher;
    }
}
