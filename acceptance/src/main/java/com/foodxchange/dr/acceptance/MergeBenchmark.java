package com.foodxchange.dr.acceptance;

import com.foodxchange.dr.mongo.CollectionContent;
import com.foodxchange.dr.mongo.dump.ChunkStream;
import com.foodxchange.dr.mongo.dump.DirectoryDumpSource;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import com.foodxchange.dr.mongo.dump.DumpSource;
import com.foodxchange.dr.mongo.merge.Merge;
import com.foodxchange.dr.mongo.merge.MergeRequest;
import com.foodxchange.dr.mongo.merge.MergedState;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonTimestamp;

/**
 * How fast a base and the oplog after it are joined: a collection of {@code documents} documents in a folder, and
 * {@code changes} inserts, updates, replacements and removals spread over it, half of them on a tenth of the documents.
 */
final class MergeBenchmark {
    private static final long MEMORY = 128L << 20;

    private final Path directory;
    private final int documents;
    private final int changes;
    private final Random random = new Random(7);
    private final SampleDump dump = new SampleDump(7);

    MergeBenchmark(Path directory, int documents, int changes) {
        this.directory = directory;
        this.documents = documents;
        this.changes = changes;
    }

    void run(PrintStream out) throws IOException, InterruptedException {
        Path base = directory.resolve("base");
        Path slice = Files.createDirectories(directory.resolve("slice"));
        dump.write(base, documents);
        writeOplog(slice.resolve(DumpLayout.OPLOG));
        for (int round = 0; round < 3; round++) {
            measure(base, slice, out);
        }
    }

    private void measure(Path base, Path slice, PrintStream out) throws IOException, InterruptedException {
        DirectoryDumpSource source = new DirectoryDumpSource(base);
        long start = System.nanoTime();
        long read = readThrough(source);
        Duration raw = since(start);
        start = System.nanoTime();
        MergeRequest request = new MergeRequest(
                source, null, null, List.of(new DirectoryDumpSource(slice)), null, Set.of(), directory, MEMORY);
        try (MergedState state = Merge.open(request)) {
            Duration taken = since(start);
            start = System.nanoTime();
            long[] merged = new long[2];
            for (CollectionContent content : state.contents()) {
                content.forEach((buffer, offset, length) -> {
                    merged[0]++;
                    merged[1] += length;
                });
            }
            Duration streamed = since(start);
            out.printf(
                    "read %,d MB in %.2f s | %,d changes taken in %.2f s = %,.0f/s | %,d documents, %,d MB streamed in %.2f s"
                            + " = %,.0f MB/s | spilled %,d MB%n",
                    read >> 20,
                    seconds(raw),
                    state.entries(),
                    seconds(taken),
                    state.entries() / seconds(taken),
                    merged[0],
                    merged[1] >> 20,
                    seconds(streamed),
                    (merged[1] >> 20) / seconds(streamed),
                    state.spilledBytes() >> 20);
        }
    }

    private static long readThrough(DumpSource source) throws IOException, InterruptedException {
        long read = 0;
        try (ChunkStream chunks = source.open(DumpLayout.dataPath(SampleDump.NAMESPACE))) {
            for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                read += chunk.length;
            }
        }
        return read;
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private void writeOplog(Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < changes; i++) {
                out.write(SampleDump.bytes(change(i)));
            }
        }
    }

    private BsonDocument change(int number) {
        int id = random.nextInt(random.nextBoolean() ? documents / 10 : documents);
        BsonDocument key = new BsonDocument("_id", new BsonInt32(id));
        BsonDocument entry = new BsonDocument("ts", new BsonTimestamp(100 + number / 1000, 1 + number % 1000))
                .append("t", new BsonInt64(1))
                .append("v", new BsonInt32(2))
                .append("ns", new BsonString(SampleDump.NAMESPACE.toString()))
                .append("ui", new BsonBinary(SampleDump.ID));
        return switch (random.nextInt(10)) {
            case 0 -> entry.append("op", new BsonString("i")).append("o", dump.expert(documents + number));
            // a removal and the insertion of the same id, so that no later update misses its document
            case 1 -> entry.append("op", new BsonString("i")).append("o", dump.expert(id));
            case 2, 3 ->
                entry.append("op", new BsonString("u")).append("o2", key).append("o", dump.expert(id));
            default ->
                entry.append("op", new BsonString("u"))
                        .append("o2", key)
                        .append("o", BsonDocument.parse("{$v: 2, diff: {u: {rating: " + number + "}}}"));
        };
    }
}
