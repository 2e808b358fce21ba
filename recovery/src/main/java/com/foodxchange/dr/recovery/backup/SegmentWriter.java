package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.bson.Bytes;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * Writes a spool segment: eight bytes that say what it is, then frames. A frame is the length of its payload (4 bytes,
 * little-endian like everything here), its kind (1 byte), a CRC-32C of both and the payload (4 bytes), and the payload. So
 * a tail that a crash tore off is told from what is whole, at whatever byte. Not thread-safe.
 */
final class SegmentWriter implements Closeable {
    static final byte[] MAGIC = {'D', 'R', 's', 'p', 'o', 'o', 'l', '1'};
    static final int FRAME_HEAD = 9;

    /** Kinds of frames: what the segment continues, an oplog entry, how far the oplog was read without an entry to keep. */
    static final byte HEADER = 'h';

    static final byte ENTRY = 'e';
    static final byte REACHED = 'r';

    // Streams and not channels: an interrupt closes a channel, and what was read has to get to the disk all the same.
    private final FileOutputStream file;
    private final OutputStream out;
    private final byte[] head = new byte[FRAME_HEAD];
    private final CRC32C crc = new CRC32C();
    private long bytes;

    /** Makes the file and its header durable. */
    SegmentWriter(Path path, SegmentHeader header) throws IOException {
        file = new FileOutputStream(path.toFile());
        out = new BufferedOutputStream(file, 1 << 16);
        out.write(MAGIC);
        byte[] json = header.toJson();
        frame(HEADER, json, 0, json.length);
        force();
        Path folder = Objects.requireNonNull(path.toAbsolutePath().getParent());
        try {
            forceFolder(folder);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Also when the thread is interrupted meanwhile, which closes a channel: reading may be cut off, spooling may not. */
    private static void forceFolder(Path folder) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!forced(folder)) {
                interrupted = true;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False when an interrupt came between, which is taken away. */
    private static boolean forced(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            return false;
        }
    }

    void entry(byte[] buffer, int offset, int length) throws IOException {
        frame(ENTRY, buffer, offset, length);
    }

    void reached(OpTime upTo) throws IOException {
        byte[] payload = new byte[16];
        Bytes.putInt64(payload, 0, upTo.ts().getValue());
        Bytes.putInt64(payload, 8, upTo.term());
        frame(REACHED, payload, 0, payload.length);
    }

    private void frame(byte kind, byte[] buffer, int offset, int length) throws IOException {
        Bytes.putInt32(head, 0, length);
        head[4] = kind;
        Bytes.putInt32(head, 5, checksum(crc, head, buffer, offset, length));
        out.write(head);
        out.write(buffer, offset, length);
        bytes += FRAME_HEAD + length;
    }

    static int checksum(CRC32C crc, byte[] head, byte[] buffer, int offset, int length) {
        crc.reset();
        crc.update(head, 0, 5);
        crc.update(buffer, offset, length);
        return (int) crc.getValue();
    }

    /** Makes everything written so far durable. */
    void force() throws IOException {
        out.flush();
        file.getFD().sync();
    }

    long bytes() {
        return bytes;
    }

    /** Lets go of the file as it is, after a failure. */
    void abandon() {
        try {
            file.close();
        } catch (IOException e) {
            // what is whole in it will be read, and the failure before is told already
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            force();
        }
    }
}
