package com.foodxchange.dr.mongo.dump;

import java.io.IOException;
import java.nio.file.Path;

/** A dump as files in a folder. A file has its name only when it is complete; until then {@code .part} follows it. */
public final class DirectoryDumpSink implements DumpSink {
    private final Path folder;

    public DirectoryDumpSink(Path folder) {
        this.folder = folder;
    }

    @Override
    public File create(String path) throws IOException {
        throw new UnsupportedOperationException(folder + path);
    }
}
