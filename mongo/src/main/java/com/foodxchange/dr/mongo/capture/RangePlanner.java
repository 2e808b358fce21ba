package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.bson.IdKey;
import com.foodxchange.dr.mongo.deployment.Patience;
import com.foodxchange.dr.mongo.deployment.RawCursor;
import com.foodxchange.dr.mongo.deployment.ServerErrors;
import com.mongodb.MongoException;
import com.mongodb.MongoInterruptedException;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNumber;
import org.bson.BsonString;
import org.bson.BsonValue;

/**
 * Splits large collections into ranges of {@code _id} that are read side by side. Borders are keys of a sample at which a
 * chunk begins anyway, so that the ranges of this backup, which no other backup will have, cost no deduplication.
 */
final class RangePlanner {
    /** What the server's statistics say; zero where they may not be read. */
    record Size(long bytes, long documents) {}

    /** Smaller stretches are not worth their own cursor. */
    static final long SMALLEST_RANGE = 64L << 20;

    private static final int RANGES_PER_READER = 4;
    /** Below a twentieth of the collection the server samples by random access instead of by reading everything. */
    private static final int SAMPLE_FRACTION = 25;

    private static final int LARGEST_SAMPLE = 20_000;
    private static final long LARGEST_SAMPLE_BYTES = 16L << 20;

    private record Candidate(BsonDocument key, double rank) {}

    private final ScanContext context;
    private final int readers;
    private final long smallestRange;

    RangePlanner(ScanContext context, int readers, long smallestRange) {
        this.context = context;
        this.readers = readers;
        this.smallestRange = smallestRange;
    }

    Size size(CollectionScan scan) throws InterruptedException {
        BsonDocument command = new BsonDocument("collStats", new BsonString(scan.currentName()));
        Patience patience = context.patience("reading the size of " + scan.namespace());
        while (true) {
            try {
                BsonDocument stats = context.deployment().read(scan.database(), command);
                return new Size(number(stats, "size"), number(stats, "count"));
            } catch (MongoException e) {
                if (!ServerErrors.isTransient(e) && !(e instanceof MongoInterruptedException)) {
                    return new Size(0, 0);
                }
                patience.failed(context.deployment(), e);
            }
        }
    }

    private static long number(BsonDocument stats, String name) {
        BsonValue value = stats.get(name);
        return value instanceof BsonNumber number ? number.longValue() : 0;
    }

    /** The ranges in the order of their keys; together they are the whole collection. */
    List<KeyRange> split(CollectionScan scan, Size size) throws InterruptedException {
        long wanted = Math.min((long) readers * RANGES_PER_READER, size.bytes() / smallestRange);
        if (scan.order() != CollectionScan.Order.BY_ID || wanted < 2 || size.documents() < 100) {
            return List.of(KeyRange.ALL);
        }
        try {
            return ranges(borders(sample(scan, size, wanted), (int) wanted));
        } catch (MongoInterruptedException e) {
            throw new InterruptedException(e.getMessage());
        } catch (MongoException e) {
            // A server that cannot sample, or not now: one reader takes the whole collection.
            return List.of(KeyRange.ALL);
        }
    }

    private List<Candidate> sample(CollectionScan scan, Size size, long ranges) {
        long averageBytes = Math.max(1, size.bytes() / size.documents());
        // Several chances for each border that one of its keys begins a chunk.
        long good = ranges * 4 * Math.max(1, ChunkCutter.MEAN / averageBytes);
        int count = (int) Math.min(
                Math.min(good, LARGEST_SAMPLE),
                Math.min(size.documents() / SAMPLE_FRACTION, LARGEST_SAMPLE_BYTES / averageBytes));
        if (count < ranges) {
            return List.of();
        }
        BsonArray stages = new BsonArray(List.of(
                new BsonDocument("$sample", new BsonDocument("size", new BsonInt32(count))),
                new BsonDocument("$sort", new BsonDocument("_id", new BsonInt32(1)))));
        BsonDocument command = scan.command("aggregate")
                .append("pipeline", stages)
                .append("cursor", new BsonDocument("batchSize", new BsonInt64(count)));
        List<Candidate> sampled = new ArrayList<>();
        List<Candidate> beginChunks = new ArrayList<>();
        try (RawCursor cursor = context.deployment().open(scan.database(), command)) {
            IdKey key = new IdKey();
            int rank = 0;
            while (cursor.nextBatch()) {
                while (cursor.next()) {
                    Candidate candidate =
                            new Candidate(KeyRange.key(cursor.buffer(), cursor.offset()), (double) rank++ / count);
                    sampled.add(candidate);
                    if (key.readFrom(cursor.buffer(), cursor.offset())
                            && ChunkCutter.beginsChunk(key.hash(), cursor.length())) {
                        beginChunks.add(candidate);
                    }
                }
            }
        }
        return beginChunks.size() >= ranges - 1 ? beginChunks : sampled;
    }

    private static List<BsonDocument> borders(List<Candidate> candidates, int ranges) {
        List<BsonDocument> borders = new ArrayList<>();
        int next = 0;
        for (int border = 1; border < ranges; border++) {
            double wanted = (double) border / ranges;
            int best = -1;
            for (int at = next; at < candidates.size(); at++) {
                if (best < 0 || distance(candidates.get(at), wanted) < distance(candidates.get(best), wanted)) {
                    best = at;
                }
            }
            if (best >= 0) {
                BsonDocument key = candidates.get(best).key();
                if (borders.isEmpty() || !borders.getLast().equals(key)) {
                    borders.add(key);
                }
                next = best + 1;
            }
        }
        return borders;
    }

    private static double distance(Candidate candidate, double wanted) {
        return Math.abs(candidate.rank() - wanted);
    }

    static List<KeyRange> ranges(List<BsonDocument> borders) {
        List<KeyRange> ranges = new ArrayList<>();
        BsonDocument from = null;
        for (BsonDocument border : borders) {
            ranges.add(new KeyRange(from, border));
            from = border;
        }
        ranges.add(new KeyRange(from, null));
        return ranges;
    }
}
