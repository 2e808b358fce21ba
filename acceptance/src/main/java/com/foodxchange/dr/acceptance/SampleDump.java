package com.foodxchange.dr.acceptance;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.dump.DumpLayout;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;

/** A dump tree with one collection of experts: names, countries, dates, some prose, a few random bytes. */
final class SampleDump {
    static final Namespace NAMESPACE = new Namespace("foodxchange", "experts");
    static final UUID ID = new UUID(7, 7);

    private static final List<String> COUNTRIES = List.of("Portugal", "Japan", "Ghana", "Chile", "Norway", "Vietnam");
    private static final String[] WORDS =
            ("export customs olive cold chain certificate organic buyer tariff port harvest spice grain label audit "
                            + "halal kosher freight pallet sample contract origin quality price season lot inspection")
                    .split(" ");

    private final Random random;

    SampleDump(long seed) {
        random = new Random(seed);
    }

    /** Writes so many documents with ids from 0 on. */
    void write(Path folder, int documents) throws IOException {
        Files.createDirectories(folder.resolve(NAMESPACE.database()));
        CollectionSpec spec =
                new CollectionSpec(NAMESPACE, CollectionSpec.Type.COLLECTION, ID, new BsonDocument(), List.of());
        Files.writeString(folder.resolve(DumpLayout.metadataPath(NAMESPACE)), DumpLayout.metadata(spec));
        Path data = folder.resolve(DumpLayout.dataPath(NAMESPACE));
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(data), 1 << 20)) {
            for (int id = 0; id < documents; id++) {
                out.write(bytes(expert(id)));
            }
        }
    }

    BsonDocument expert(int id) {
        byte[] token = new byte[24];
        random.nextBytes(token);
        return new BsonDocument("_id", new BsonInt32(id))
                .append("name", new BsonString(words(2)))
                .append("country", new BsonString(COUNTRIES.get(random.nextInt(COUNTRIES.size()))))
                .append("rating", new BsonInt32(random.nextInt(50)))
                .append("since", new BsonDateTime(1_600_000_000_000L + random.nextInt()))
                .append("bio", new BsonString(words(10 + random.nextInt(40))))
                .append("token", new BsonBinary(token));
    }

    private String words(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : " ").append(WORDS[random.nextInt(WORDS.length)]);
        }
        return text.toString();
    }

    static byte[] bytes(BsonDocument document) {
        BasicOutputBuffer buffer = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(buffer),
                        document,
                        EncoderContext.builder().build());
        return buffer.toByteArray();
    }
}
