package com.foodxchange.dr.mongo.dump;

import java.io.Closeable;
import java.io.IOException;

/** Where the files of a dump go: a folder, a snapshot. Thread-safe. */
public interface DumpSink {
    /** Starts a file; {@code path} has {@code /} between its parts and is used once. */
    File create(String path) throws IOException;

    /** A file being written. Its bytes are those of its parts, in the order in which the parts were made. */
    interface File {
        /** The next part of the file. Parts may be written by different threads at the same time. */
        Part nextPart() throws IOException;
    }

    /** One stretch of a file, written by one thread. The file is complete when every part is closed. */
    interface Part extends Closeable {
        /**
         * Appends {@code chunk[0, length)}, which belongs to the sink from now on. A chunk ends at a document boundary
         * and is the unit of deduplication: the same bytes again cost no space. Blocks while the sink is busy.
         */
        void write(byte[] chunk, int length) throws IOException, InterruptedException;
    }
}
