package com.foodxchange.dr.mongo.dump;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A dump in a folder, as mongodump writes it, with or without {@code --gzip}. */
public final class DirectoryDumpSource implements DumpSource {
    private final Path folder;

    public DirectoryDumpSource(Path folder) throws IOException {
        this.folder = folder;
    }

    @Override
    public List<String> paths() {
        throw new UnsupportedOperationException(folder.toString());
    }

    @Override
    public long size(String path) {
        throw new UnsupportedOperationException(path);
    }

    @Override
    public ChunkStream open(String path) throws IOException {
        throw new UnsupportedOperationException(path);
    }
}
