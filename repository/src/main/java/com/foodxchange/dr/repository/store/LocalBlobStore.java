package com.foodxchange.dr.repository.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Files in a local folder, laid out like restic's own local storage: {@code config}, {@code keys/}, {@code
 * data/<two digits>/}, {@code index/}, {@code snapshots/}, {@code locks/}. Folders appear when the first file goes into
 * them. Links are never followed to a file.
 */
public final class LocalBlobStore implements BlobStore {
    private static final Pattern LEFTOVER = Pattern.compile("(config|[0-9a-f]{64})-tmp-.+");
    private final Path root;

    /** Touches nothing; the folder need not exist yet. */
    public LocalBlobStore(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void save(Handle handle, byte[] bytes, int length) throws IOException {
        Path file = path(handle);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireSame(file, bytes, length);
            return;
        }
        Path folder = folderOf(file);
        DurableFiles.createFolders(folder);
        Path temporary = DurableFiles.writeBeside(file, ByteBuffer.wrap(bytes, 0, length));
        if (DurableFiles.publish(temporary, file)) {
            DurableFiles.syncFolder(folder);
        } else {
            requireSame(file, bytes, length);
        }
    }

    /** Comparing content, not only sizes, tells two processes apart that both create a repository here. */
    private static void requireSame(Path file, byte[] bytes, int length) throws IOException {
        if (Files.size(file) == length) {
            byte[] there = Files.readAllBytes(file);
            if (Arrays.equals(there, 0, there.length, bytes, 0, length)) {
                return;
            }
        }
        throw new FileAlreadyExistsException(file.toString(), null, "other bytes are there under this name");
    }

    @Override
    public byte[] load(Handle handle) throws IOException {
        Path file = path(handle);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return read(file, channel, 0, channel.size());
        }
    }

    @Override
    public byte[] load(Handle handle, long offset, int length) throws IOException {
        Path file = path(handle);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            return read(file, channel, offset, length);
        }
    }

    private static byte[] read(Path file, FileChannel channel, long offset, long length) throws IOException {
        if (length > Integer.MAX_VALUE - 8) {
            throw new IOException(file + " is too large: " + length + " bytes");
        }
        if (offset + length > channel.size()) {
            throw new EOFException(file + " has only " + channel.size() + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocate((int) length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException(file + " became shorter while it was read");
            }
        }
        return buffer.array();
    }

    @Override
    public List<Entry> list(FileType type) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Path folder : folders(type)) {
            forEachFile(folder, (file, attributes) -> {
                if (isFileOf(type, folder, nameOf(file))) {
                    entries.add(new Entry(nameOf(file), attributes.size()));
                }
            });
        }
        return entries;
    }

    private static boolean isFileOf(FileType type, Path folder, String name) {
        return switch (type) {
            case CONFIG -> name.equals("config");
            // A pack in another subfolder than its own would be listed but never found.
            case DATA -> Handle.isId(name) && name.startsWith(nameOf(folder));
            case KEY, INDEX, SNAPSHOT, LOCK -> Handle.isId(name);
        };
    }

    @Override
    public void delete(Handle handle) throws IOException {
        Path file = path(handle);
        boolean wasThere = Files.deleteIfExists(file);
        // A pack or lock that comes back after a power failure does no harm; an index or snapshot would.
        if (wasThere && handle.type() != FileType.DATA && handle.type() != FileType.LOCK) {
            DurableFiles.syncFolder(folderOf(file));
        }
    }

    @Override
    public boolean exists(Handle handle) {
        return Files.isRegularFile(path(handle), LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public int removeLeftovers(Instant before) throws IOException {
        List<Path> leftovers = new ArrayList<>();
        for (FileType type : FileType.values()) {
            for (Path folder : folders(type)) {
                forEachFile(folder, (file, attributes) -> {
                    if (LEFTOVER.matcher(nameOf(file)).matches()
                            && attributes.lastModifiedTime().toInstant().isBefore(before)) {
                        leftovers.add(file);
                    }
                });
            }
        }
        int removed = 0;
        for (Path leftover : leftovers) {
            removed += Files.deleteIfExists(leftover) ? 1 : 0;
        }
        return removed;
    }

    @Override
    public String location() {
        return root.toString();
    }

    @Override
    public void close() {}

    private Path path(Handle handle) {
        Path folder = root.resolve(folderName(handle.type()));
        return switch (handle.type()) {
            case DATA -> folder.resolve(handle.name().substring(0, 2)).resolve(handle.name());
            case CONFIG, KEY, INDEX, SNAPSHOT, LOCK -> folder.resolve(handle.name());
        };
    }

    private List<Path> folders(FileType type) {
        Path folder = root.resolve(folderName(type));
        if (type != FileType.DATA) {
            return List.of(folder);
        }
        List<Path> folders = new ArrayList<>(256);
        for (int first = 0; first < 256; first++) {
            folders.add(folder.resolve(String.format("%02x", first)));
        }
        return folders;
    }

    private static String folderName(FileType type) {
        return switch (type) {
            case CONFIG -> "";
            case KEY -> "keys";
            case DATA -> "data";
            case INDEX -> "index";
            case SNAPSHOT -> "snapshots";
            case LOCK -> "locks";
        };
    }

    private interface FileVisitor {
        void visit(Path file, BasicFileAttributes attributes);
    }

    private static void forEachFile(Path folder, FileVisitor visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                visitIfRegular(file, visitor);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Folders appear with their first file; anything else in their place holds no files.
        }
    }

    private static void visitIfRegular(Path file, FileVisitor visitor) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (attributes.isRegularFile()) {
                visitor.visit(file, attributes);
            }
        } catch (NoSuchFileException e) {
            // Another process deleted or renamed it since the folder was read.
        }
    }

    private static String nameOf(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static Path folderOf(Path file) {
        Path folder = file.getParent();
        if (folder == null) {
            throw new IllegalStateException("a file without a folder: " + file);
        }
        return folder;
    }
}
