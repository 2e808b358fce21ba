package com.foodxchange.dr.mongo.merge;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Where the changes of a merge lie: on the heap up to a budget, beyond it in a file that is mapped piece by piece, which
 * the operating system keeps in memory as far as it likes. The file has no name while it is in use, so nothing is left
 * behind by a kill. Handing out memory is for one thread; what was handed out may be read by many.
 */
final class SpillStore implements Closeable {
    private final Path directory;
    private long heapLeft;
    private @Nullable FileChannel file;
    private long fileLength;

    /** {@code heapBytes}: how much may lie on the heap, over all that this store hands out. */
    SpillStore(Path directory, long heapBytes) {
        this.directory = directory;
        this.heapLeft = heapBytes;
    }

    /** A zeroed buffer of that many bytes, little-endian. */
    ByteBuffer allocate(int bytes) throws IOException {
        if (bytes <= heapLeft) {
            heapLeft -= bytes;
            return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        FileChannel open = file == null ? openUnnamed() : file;
        file = open;
        fill(open, bytes);
        ByteBuffer mapped = open.map(FileChannel.MapMode.READ_WRITE, fileLength, bytes);
        fileLength += bytes;
        return mapped.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Takes the room on the disk now: a full disk is an error here, while in the mapped memory it would be a fault. */
    private void fill(FileChannel open, int bytes) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate(Math.min(bytes, 1 << 16));
        for (long at = fileLength; at < fileLength + bytes; at += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), fileLength + bytes - at));
            open.write(zeros, at);
        }
    }

    /** Gives the bytes of a buffer back to the budget; a mapped one stays in the file until the end. */
    void release(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            heapLeft += buffer.capacity();
        }
    }

    private FileChannel openUnnamed() throws IOException {
        Files.createDirectories(directory);
        Path path = Files.createTempFile(directory, "merge-", ".spill");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** How many bytes went to the file. */
    long spilled() {
        return fileLength;
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
