package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A dump as files in a folder of its own. Files get their names in {@link #complete}; until then, and after a failure,
 * they end in {@code .part}, which mongorestore does not take for a part of a dump.
 */
public final class DirectoryDumpSink implements DumpSink {
    private final Path folder;
    private final Map<Path, PartedFile> files = new LinkedHashMap<>();

    /**
     * Creates the folder if it is missing.
     *
     * @throws DeploymentException TARGET_NOT_EMPTY when something is in it: two dumps in one folder would become one
     */
    public DirectoryDumpSink(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath().normalize();
        Files.createDirectories(this.folder);
        try (Stream<Path> there = Files.list(this.folder)) {
            if (there.findAny().isPresent()) {
                throw new DeploymentException(
                        Kind.TARGET_NOT_EMPTY, "the folder " + folder + " is not empty", "name a new folder");
            }
        }
    }

    @Override
    public synchronized File create(String path) throws IOException {
        Path target = folder.resolve(path).normalize();
        if (!target.startsWith(folder) || target.equals(folder)) {
            throw new IOException("the path " + path + " leads out of the folder " + folder);
        }
        if (files.containsKey(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.createDirectories(Objects.requireNonNull(target.getParent()));
        // A name of its own, because the longest names of a dump leave no room for a suffix.
        PartedFile file = new PartedFile(target.resolveSibling(files.size() + ".part"));
        files.put(target, file);
        return file;
    }

    /** Gives every file its name. Called once, after the last part was closed. */
    public synchronized void complete() throws IOException {
        for (Map.Entry<Path, PartedFile> file : files.entrySet()) {
            Files.move(file.getValue().finished(), file.getKey());
        }
    }
}
