package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.store.BlobStore;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Files to put into snapshots, and what snapshots hold. */
final class Contents {
    static final Instant TIME = Instant.parse("2026-11-24T10:00:00.123456Z");

    private Contents() {}

    /** A new repository with a password that is checked fast. */
    static Repository repository(BlobStore store, char[] password) {
        return new RepositoryOpening(store).init(password, 2);
    }

    static SnapshotAttributes attributes(Instant time, @Nullable String parent) {
        return new SnapshotAttributes(time, "orders", List.of("/orders"), List.of("source:orders"), parent);
    }

    /** Bytes that compress somewhat, as documents do. */
    static byte[] bytes(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) ('a' + (bytes[i] & 15));
        }
        return bytes;
    }

    /** Writes files, each given as its chunks, and commits. */
    static Snapshot write(Repository repository, Map<String, List<byte[]>> files, SnapshotAttributes attributes)
            throws InterruptedException {
        try (SnapshotWriter writer = repository.newSnapshot()) {
            for (Map.Entry<String, List<byte[]>> file : files.entrySet()) {
                try (SnapshotWriter.PartWriter part =
                        writer.create(file.getKey()).nextPart()) {
                    for (byte[] chunk : file.getValue()) {
                        part.write(chunk.clone(), chunk.length);
                    }
                }
            }
            return writer.commit(attributes);
        }
    }

    static byte[] join(List<byte[]> chunks) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        chunks.forEach(out::writeBytes);
        return out.toByteArray();
    }

    static Map<String, ByteBuffer> joined(Map<String, List<byte[]>> files) {
        Map<String, ByteBuffer> joined = new TreeMap<>();
        files.forEach((path, chunks) -> joined.put(path, ByteBuffer.wrap(join(chunks))));
        return joined;
    }

    static Map<String, ByteBuffer> read(Repository repository, Snapshot snapshot) throws InterruptedException {
        SnapshotReader reader = repository.read(snapshot);
        Map<String, ByteBuffer> files = new TreeMap<>();
        for (FileEntry file : reader.files()) {
            files.put(file.path(), ByteBuffer.wrap(read(reader, file.path())));
        }
        return files;
    }

    static byte[] read(SnapshotReader reader, String path) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (BlobStream stream = reader.open(path)) {
            for (byte[] blob = stream.next(); blob != null; blob = stream.next()) {
                out.writeBytes(blob);
            }
        }
        return out.toByteArray();
    }
}
