package com.foodxchange.dr.mongo.dump;

import java.io.IOException;
import java.util.List;

/** Where the files of a dump come from: a folder, a snapshot. Thread-safe. */
public interface DumpSource {
    /** Every file, as a path with {@code /} between its parts, such as {@code db/collection.bson}, sorted. */
    List<String> paths();

    /** The length of a file in bytes. */
    long size(String path);

    /** Opens a file for reading from its start. */
    ChunkStream open(String path) throws IOException;
}
