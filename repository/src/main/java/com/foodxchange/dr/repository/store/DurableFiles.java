package com.foodxchange.dr.repository.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.UUID;

/** Files that are whole or not there, also after a kill or a power failure: written beside, forced, then renamed. */
final class DurableFiles {
    private DurableFiles() {}

    /** Creates the folder and its parents, each readable by its owner only, and makes their names durable. */
    static void createFolders(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        try {
            Files.createDirectory(folder, permissions(folder, "rwx------"));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
        if (parent != null) {
            syncFolder(parent);
        }
    }

    /**
     * Writes a temporary file, whose name no reader takes for a repository's, beside the file and forces it to disk.
     * Nothing is left when this fails.
     */
    static Path writeBeside(Path file, ByteBuffer bytes) throws IOException {
        // The suffix is restic's own, so both tools know each other's leftovers.
        Path temporary = file.resolveSibling(file.getFileName() + "-tmp-" + UUID.randomUUID());
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options, permissions(file, "rw-------"))) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw named(file, e);
        }
        return temporary;
    }

    /**
     * Gives the temporary file its name.
     *
     * @return false when the name was taken; the temporary file is gone in any case
     */
    static boolean publish(Path temporary, Path file) throws IOException {
        try {
            // A link, unlike a rename, never replaces what another process just put there.
            Files.createLink(file, temporary);
            Files.delete(temporary);
            return true;
        } catch (FileAlreadyExistsException e) {
            Files.delete(temporary);
            return false;
        } catch (FileSystemException | UnsupportedOperationException e) {
            return rename(temporary, file);
        }
    }

    /** For file systems without links. */
    private static boolean rename(Path temporary, Path file) throws IOException {
        try {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException e) {
            deleteQuietly(temporary, e);
            throw named(file, e);
        }
    }

    /** Makes the names in a folder durable. */
    static void syncFolder(Path folder) throws IOException {
        if (!isPosix(folder)) {
            // Windows opens no folders and needs no forcing of names.
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw named(folder, e);
        }
    }

    private static FileAttribute<?>[] permissions(Path path, String permissions) {
        return isPosix(path)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void deleteQuietly(Path file, IOException cause) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** "No space left on device" alone does not say which device. */
    private static IOException named(Path file, IOException e) {
        return e instanceof FileSystemException
                ? e
                : new IOException("cannot write " + file + ": " + e.getMessage(), e);
    }
}
