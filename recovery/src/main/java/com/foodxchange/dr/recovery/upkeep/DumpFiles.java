package com.foodxchange.dr.recovery.upkeep;

import com.foodxchange.dr.mongo.ContentHash;
import com.foodxchange.dr.mongo.dump.DocumentReader;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.oplog.OplogEntry;
import java.io.IOException;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/** Reads files of documents from their start to their end. */
final class DumpFiles {
    private DumpFiles() {}

    /** What an oplog holds; {@code ordered}: each entry is later than the one before it. */
    record Oplog(
            long entries,
            boolean ordered,
            @Nullable BsonTimestamp first,
            @Nullable BsonTimestamp last) {}

    /** @throws com.foodxchange.dr.mongo.DeploymentException CORRUPT when it does not consist of documents */
    static ContentHash.Value hash(DumpSource source, String path) throws IOException, InterruptedException {
        ContentHash hash = new ContentHash();
        try (DocumentReader documents = new DocumentReader(source.open(path))) {
            while (documents.next()) {
                hash.add(documents.buffer(), documents.offset(), documents.length());
            }
        }
        return hash.value();
    }

    /** @throws com.foodxchange.dr.mongo.DeploymentException CORRUPT when it does not consist of oplog entries */
    static Oplog oplog(DumpSource source) throws IOException, InterruptedException {
        OplogEntry entry = new OplogEntry();
        long entries = 0;
        long first = 0;
        long last = 0;
        boolean ordered = true;
        try (DocumentReader documents = new DocumentReader(source.open(DumpLayout.OPLOG))) {
            while (documents.next()) {
                entry.open(documents.buffer(), documents.offset());
                ordered &= entries == 0 || Long.compareUnsigned(last, entry.ts()) < 0;
                first = entries == 0 ? entry.ts() : first;
                last = entry.ts();
                entries++;
            }
        }
        return new Oplog(
                entries,
                ordered,
                entries == 0 ? null : new BsonTimestamp(first),
                entries == 0 ? null : new BsonTimestamp(last));
    }
}
