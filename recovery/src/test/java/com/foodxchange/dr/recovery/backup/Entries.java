package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.oplog.EntrySink;
import com.foodxchange.dr.recovery.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonTimestamp;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Oplog entries for tests of what happens to them on their way. */
final class Entries {
    static final Origin ORIGIN = new Origin(
            "orders",
            "5f",
            List.of(),
            new Manifest.Topology("replica_set", "rs0", "5f", List.of("db:27017"), "7.0.12", "7.0"));

    private Entries() {}

    static OpTime at(long seconds) {
        return OpTime.of(seconds, 1, 1);
    }

    static byte[] entry(long seconds) {
        BsonDocument entry = new BsonDocument("ts", new BsonTimestamp((int) seconds, 1))
                .append("t", new BsonInt64(1))
                .append("op", new BsonString("n"))
                .append("ns", new BsonString(""))
                .append("o", new BsonDocument("msg", new BsonInt32((int) seconds)));
        ByteBuffer bytes = new RawBsonDocument(entry, new BsonDocumentCodec())
                .getByteBuffer()
                .asNIO();
        byte[] exact = new byte[bytes.remaining()];
        bytes.get(exact);
        return exact;
    }

    /** Hands over one entry for each second from {@code first} to {@code last}. */
    static OpTime send(EntrySink sink, long first, long last) throws IOException, InterruptedException {
        for (long second = first; second <= last; second++) {
            byte[] entry = entry(second);
            sink.accept(entry, 0, entry.length, at(second));
        }
        return at(last);
    }

    /** Keeps the seconds of the entries that it takes. */
    static final class Seconds implements EntrySink {
        final List<Long> taken = new ArrayList<>();

        @Override
        public void accept(byte[] buffer, int offset, int length, OpTime at) {
            taken.add(at.seconds());
        }
    }
}
