package com.foodxchange.dr.repository.store;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A flat set of files of six types, each written once and never changed. Safe for use by several threads and, for a
 * store that outlives the process, by several processes.
 *
 * <p>A file is either whole or not there: whoever lists or loads while another one saves, or after a writer was killed
 * or the power failed, never meets a half-written file. Every method throws {@link IOException} when the store fails;
 * the message names the file.
 */
public interface BlobStore extends AutoCloseable {
    /** What a file is for; the layout is that of the restic repository format. */
    enum FileType {
        CONFIG,
        KEY,
        DATA,
        INDEX,
        SNAPSHOT,
        LOCK
    }

    /**
     * One file.
     *
     * @param name 64 lower-case hex digits; {@code config} for {@link FileType#CONFIG}
     */
    record Handle(FileType type, String name) {
        private static final Pattern ID = Pattern.compile("[0-9a-f]{64}");

        public Handle {
            if (type == FileType.CONFIG ? !name.equals("config") : !isId(name)) {
                throw new IllegalArgumentException("not the name of a " + type + " file: " + name);
            }
        }

        /** The handle of the only file of its type. */
        public static Handle config() {
            return new Handle(FileType.CONFIG, "config");
        }

        static boolean isId(String name) {
            return ID.matcher(name).matches();
        }
    }

    /** A file in a listing; {@code size} in bytes. */
    record Entry(String name, long size) {}

    /**
     * Saves the first {@code length} bytes under the name; they are durable when this returns. Saving the same bytes
     * under the same name again changes nothing.
     *
     * @throws java.nio.file.FileAlreadyExistsException when other bytes are there under this name; they stay
     */
    void save(Handle handle, byte[] bytes, int length) throws IOException;

    /**
     * The whole file.
     *
     * @throws java.nio.file.NoSuchFileException when it is missing
     */
    byte[] load(Handle handle) throws IOException;

    /**
     * A part of the file.
     *
     * @throws java.nio.file.NoSuchFileException when it is missing
     * @throws java.io.EOFException when it ends before {@code offset + length}
     */
    byte[] load(Handle handle, long offset, int length) throws IOException;

    /** The files of a type in no particular order. Whatever has no proper name is skipped; none is an empty list. */
    List<Entry> list(FileType type) throws IOException;

    /** Deletes the file; fine when it is missing. An index or snapshot is gone for good when this returns. */
    void delete(Handle handle) throws IOException;

    /** Whether the file is there. */
    boolean exists(Handle handle) throws IOException;

    /**
     * Removes what writers that were killed before {@code before} left behind. Called during exclusive work only.
     *
     * @return how many files were removed
     */
    int removeLeftovers(Instant before) throws IOException;

    /** How long after a save another process may still miss the file in a listing. */
    default Duration listingDelay() {
        // What restic waits; a local folder may be a network file system.
        return Duration.ofMillis(200);
    }

    /** Where this is, for messages; never with a secret in it. */
    String location();

    @Override
    void close() throws IOException;
}
