package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.dump.DumpSink;
import com.foodxchange.dr.repository.SnapshotWriter;
import java.nio.charset.StandardCharsets;

/** A dump that becomes a snapshot: each chunk is a blob. Thread-safe. */
final class SnapshotDumpSink implements DumpSink {
    private final SnapshotWriter snapshot;

    SnapshotDumpSink(SnapshotWriter snapshot) {
        this.snapshot = snapshot;
    }

    @Override
    public File create(String path) {
        SnapshotWriter.FileWriter file = snapshot.create(path);
        return () -> new BlobPart(file.nextPart());
    }

    /** Writes a small file at once. */
    void write(String path, byte[] bytes) throws InterruptedException {
        try (SnapshotWriter.PartWriter part = snapshot.create(path).nextPart()) {
            part.write(bytes, bytes.length);
        }
    }

    void write(String path, String text) throws InterruptedException {
        write(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private record BlobPart(SnapshotWriter.PartWriter part) implements Part {
        @Override
        public void write(byte[] chunk, int length) throws InterruptedException {
            part.write(chunk, length);
        }

        @Override
        public void close() {
            part.close();
        }
    }
}
