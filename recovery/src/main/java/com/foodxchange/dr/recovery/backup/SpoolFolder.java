package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.recovery.RecoveryException;
import com.foodxchange.dr.recovery.RecoveryException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the spool of one source lies: {@code <state>/<repository>/<source>/}, with segments named by number and a lock
 * that the operating system takes back when its owner dies.
 */
record SpoolFolder(Path path) {
    private static final String SEGMENT = ".spool";
    private static final String LOCK = "lock";

    static SpoolFolder of(Path stateFolder, String repositoryId, String source) {
        return new SpoolFolder(repositoryFolder(stateFolder, repositoryId).resolve(source));
    }

    /** Every spool of the repository on this machine, sorted. */
    static List<SpoolFolder> list(Path stateFolder, String repositoryId) throws IOException {
        Path folder = repositoryFolder(stateFolder, repositoryId);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> sources = Files.list(folder)) {
            return sources.filter(Files::isDirectory)
                    .sorted()
                    .map(SpoolFolder::new)
                    .toList();
        }
    }

    private static Path repositoryFolder(Path stateFolder, String repositoryId) {
        return stateFolder.resolve(repositoryId.substring(0, Math.min(16, repositoryId.length())));
    }

    String source() {
        return String.valueOf(path.getFileName());
    }

    /** The segments, oldest first. */
    List<Path> segments() throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> file.toString().endsWith(SEGMENT))
                    .sorted()
                    .toList();
        }
    }

    /** The path of the segment after all that are there. */
    Path nextSegment() throws IOException {
        List<Path> there = segments();
        long last = 0;
        if (!there.isEmpty()) {
            String name = String.valueOf(there.getLast().getFileName());
            last = Long.parseLong(name.substring(0, name.length() - SEGMENT.length()));
        }
        return path.resolve("%012d%s".formatted(last + 1, SEGMENT));
    }

    /** Takes the folder for this process; null when another one has it. Creates it when it is missing. */
    @Nullable
    Lock tryLock() throws IOException {
        createPrivate(path);
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new Lock(channel);
            }
        } catch (OverlappingFileLockException e) {
            // another thread of this process has it
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        return null;
    }

    /** What is spooled is the data itself, in clear: nobody else's business. */
    private static void createPrivate(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(folder);
        }
    }

    /** @throws RecoveryException BUSY when another process has it */
    Lock lock() throws IOException {
        Lock lock = tryLock();
        if (lock == null) {
            throw new RecoveryException(
                    Kind.BUSY,
                    "another process follows '" + source() + "' into this repository",
                    "stop it first, or name another source with --source");
        }
        return lock;
    }

    /** Held until it is closed or the process ends. */
    record Lock(FileChannel channel) implements Closeable {
        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
