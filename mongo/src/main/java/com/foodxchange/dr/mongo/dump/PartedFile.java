package com.foodxchange.dr.mongo.dump;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * A file that several threads write stretch by stretch. A part that starts when all before it are closed is appended
 * directly, the others wait in files of their own for their turn. Thread-safe.
 */
final class PartedFile implements DumpSink.File {
    private final Path path;
    private final List<FilePart> parts = new ArrayList<>();
    /** Parts before this one are in the file. */
    private int appended;

    PartedFile(Path path) throws IOException {
        this.path = path;
        Files.createFile(path);
    }

    @Override
    public synchronized DumpSink.Part nextPart() throws IOException {
        int index = parts.size();
        boolean direct = appended == index;
        FilePart part = new FilePart(direct ? path : path.resolveSibling(path.getFileName() + "." + index));
        parts.add(part);
        return part;
    }

    /** The file, with every part in it. */
    synchronized Path finished() throws IOException {
        if (appended < parts.size()) {
            throw new IOException("part " + appended + " of " + path + " was not closed");
        }
        return path;
    }

    private synchronized void appendClosedParts() throws IOException {
        while (appended < parts.size() && parts.get(appended).closed) {
            Path part = parts.get(appended).path;
            if (!part.equals(path)) {
                append(part);
            }
            appended++;
        }
    }

    private void append(Path part) throws IOException {
        try (FileChannel from = FileChannel.open(part, StandardOpenOption.READ);
                FileChannel to = FileChannel.open(path, StandardOpenOption.WRITE)) {
            long start = to.size();
            for (long done = 0; done < from.size(); ) {
                done += to.transferFrom(from.position(done), start + done, from.size() - done);
            }
        }
        Files.delete(part);
    }

    private final class FilePart implements DumpSink.Part {
        private final Path path;
        private final FileChannel channel;
        private boolean closed;

        FilePart(Path path) throws IOException {
            this.path = path;
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }

        @Override
        public void write(byte[] chunk, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(chunk, 0, length);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }

        @Override
        public void close() throws IOException {
            channel.close();
            synchronized (PartedFile.this) {
                closed = true;
                appendClosedParts();
            }
        }
    }
}
