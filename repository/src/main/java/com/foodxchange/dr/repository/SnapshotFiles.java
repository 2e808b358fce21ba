package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.SnapshotWriter.FileWriter;
import com.foodxchange.dr.repository.SnapshotWriter.PartWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The files of a snapshot that is being written: which blobs each one has. Thread-safe. */
final class SnapshotFiles {
    private final BlobPipeline pipeline;
    private final NavigableMap<String, NewFile> files = new TreeMap<>();
    private final Set<String> folders = new HashSet<>();

    SnapshotFiles(BlobPipeline pipeline) {
        this.pipeline = pipeline;
    }

    synchronized FileWriter create(String path) {
        List<String> above = foldersAbove(path);
        if (files.containsKey(path) || folders.contains(path) || above.stream().anyMatch(files::containsKey)) {
            throw new RepositoryException(
                    Kind.INVALID,
                    "the path " + path + " is used twice in the snapshot",
                    "give every file a path of its own");
        }
        folders.addAll(above);
        NewFile file = new NewFile(path);
        files.put(path, file);
        return file;
    }

    private static List<String> foldersAbove(String path) {
        List<String> above = new ArrayList<>();
        for (String name : path.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
                throw new RepositoryException(
                        Kind.INVALID, "\"" + path + "\" cannot be the path of a file", "use db/collection.bson");
            }
            above.add(above.isEmpty() ? name : above.getLast() + "/" + name);
        }
        above.removeLast();
        return above;
    }

    /** Every file by path. Called once all blobs have their ids. */
    synchronized NavigableMap<String, NewFile> complete() {
        for (NewFile file : files.values()) {
            file.requireClosed();
        }
        return files;
    }

    /** A file whose parts are written at the same time. */
    final class NewFile implements FileWriter {
        private final String path;
        private final List<NewPart> parts = new ArrayList<>();

        NewFile(String path) {
            this.path = path;
        }

        @Override
        public synchronized PartWriter nextPart() {
            NewPart part = new NewPart();
            parts.add(part);
            return part;
        }

        private synchronized void requireClosed() {
            for (NewPart part : parts) {
                if (!part.closed) {
                    throw new IllegalStateException("a part of " + path + " was not closed");
                }
            }
        }

        synchronized long size() {
            return parts.stream().mapToLong(NewPart::bytes).sum();
        }

        synchronized BlobIdList content() {
            BlobIdList content = new BlobIdList();
            parts.forEach(part -> part.addTo(content));
            return content;
        }
    }

    private final class NewPart implements PartWriter {
        private final BlobIdList ids = new BlobIdList();
        private int written;
        private long bytes;
        private volatile boolean closed;

        @Override
        public void write(byte[] chunk, int length) throws InterruptedException {
            if (closed) {
                throw new IllegalStateException("the part is closed");
            }
            if (length == 0) {
                return;
            }
            int position = count(length);
            pipeline.store(BlobType.DATA, chunk, length, id -> set(position, id));
        }

        /** The position of a new blob in the part. */
        private synchronized int count(int length) {
            bytes += length;
            return written++;
        }

        private synchronized long bytes() {
            return bytes;
        }

        private synchronized void set(int position, BlobId id) {
            ids.set(position, id);
        }

        private synchronized void addTo(BlobIdList content) {
            if (ids.size() != written) {
                throw new IllegalStateException("a part has " + ids.size() + " ids for " + written + " blobs");
            }
            content.addAll(ids);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
