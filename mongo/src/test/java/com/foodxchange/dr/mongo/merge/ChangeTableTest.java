package com.foodxchange.dr.mongo.merge;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.IdKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeTableTest {
    @TempDir
    private Path directory;

    private static byte[] bytes(BsonDocument document) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(out),
                        document,
                        EncoderContext.builder().build());
        return out.toByteArray();
    }

    /** A map in memory says what the table must hold, in the order of insertion; on the heap and on the disk. */
    @ParameterizedTest
    @ValueSource(longs = {1 << 26, 0})
    void holdsWhatAMapWouldHold(long heapBytes) throws Exception {
        Random random = new Random(7);
        Map<Integer, BsonDocument> model = new LinkedHashMap<>();
        try (SpillStore store = new SpillStore(directory, heapBytes)) {
            ChangeTable table = new ChangeTable(store);
            IdKey key = new IdKey();
            for (int step = 0; step < 20_000; step++) {
                int id = random.nextInt(3_000);
                BsonDocument document = new BsonDocument("_id", new BsonInt32(id))
                        .append("n", new BsonInt32(step))
                        .append("text", new BsonString("x".repeat(random.nextInt(60))));
                byte[] encoded = bytes(document);
                key.readFrom(encoded, 0);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        table.remove(key);
                        model.remove(id);
                    }
                    case 1 -> {
                        byte[] update = bytes(BsonDocument.parse("{$v: 2, diff: {u: {n: " + -step + "}}}"));
                        if (model.containsKey(id)) {
                            table.patch(key, update, 0, update.length, true);
                            model.computeIfPresent(
                                    id, (ignored, old) -> old.clone().append("n", update(update)));
                        }
                    }
                    case 2 -> {
                        table.put(key, encoded, 0, encoded.length, true);
                        model.remove(id);
                        model.put(id, document);
                    }
                    default -> {
                        if (model.containsKey(id)) {
                            table.put(key, encoded, 0, encoded.length, false);
                            model.put(id, document);
                        }
                    }
                }
            }
            assertThat(documents(table)).containsExactlyElementsOf(model.values());
            assertThat(table.putBytes())
                    .isEqualTo(model.values().stream()
                            .mapToLong(d -> bytes(d).length)
                            .sum());
            assertThat(table.missedUpdates()).isZero();
            assertThat(store.spilled() > 0).isEqualTo(heapBytes == 0);
        }
        try (Stream<Path> left = Files.list(directory)) {
            assertThat(left).as("files left behind").isEmpty();
        }
    }

    private static BsonInt32 update(byte[] update) {
        return new RawBsonDocument(update).getDocument("diff").getDocument("u").getInt32("n");
    }

    private static List<BsonDocument> documents(ChangeTable table) throws Exception {
        List<BsonDocument> documents = new ArrayList<>();
        table.forEachHead(head -> {
            if (table.kind(head) == ChangeTable.Kind.PUT) {
                BsonBuffer out = new BsonBuffer(8);
                table.copyDocument(head, out);
                documents.add(
                        BsonDocument.parse(new RawBsonDocument(Arrays.copyOf(out.array(), out.length())).toJson()));
            }
        });
        return documents;
    }
}
