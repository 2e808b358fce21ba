package com.foodxchange.dr.cli.demo;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bson.BsonArray;
import org.bson.BsonBinary;
import org.bson.BsonBinaryWriter;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDocument;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.bson.types.Decimal128;

/** A document being put together, field by field. */
final class Fields {
    private static final BsonDocumentCodec CODEC = new BsonDocumentCodec();

    private final BsonDocument document = new BsonDocument();

    static Fields of() {
        return new Fields();
    }

    Fields put(String name, BsonValue value) {
        document.append(name, value);
        return this;
    }

    Fields put(String name, Fields value) {
        return put(name, value.document);
    }

    Fields put(String name, String value) {
        return put(name, new BsonString(value));
    }

    Fields put(String name, int value) {
        return put(name, new BsonInt32(value));
    }

    Fields put(String name, long value) {
        return put(name, new BsonInt64(value));
    }

    Fields put(String name, double value) {
        return put(name, new BsonDouble(value));
    }

    Fields put(String name, boolean value) {
        return put(name, BsonBoolean.valueOf(value));
    }

    Fields put(String name, Instant value) {
        return put(name, new BsonDateTime(value.toEpochMilli()));
    }

    /** Money, exact. */
    Fields money(String name, long cents) {
        return put(name, new BsonDecimal128(new Decimal128(BigDecimal.valueOf(cents, 2))));
    }

    Fields bytes(String name, int length, RandomGenerator random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return put(name, new BsonBinary(bytes));
    }

    /** An array of some of the words. */
    Fields some(String name, List<String> words, int count, RandomGenerator random) {
        BsonArray array = new BsonArray();
        for (int i = 0; i < count; i++) {
            array.add(new BsonString(Words.of(words, random)));
        }
        return put(name, array);
    }

    Fields list(String name, List<Fields> elements) {
        return put(
                name,
                new BsonArray(elements.stream().map(element -> element.document).toList()));
    }

    BsonDocument document() {
        return document;
    }

    static byte[] encode(BsonDocument document) {
        try (BasicOutputBuffer buffer = new BasicOutputBuffer(512);
                BsonBinaryWriter writer = new BsonBinaryWriter(buffer)) {
            CODEC.encode(writer, document, EncoderContext.builder().build());
            return buffer.toByteArray();
        }
    }

    static RawBsonDocument raw(BsonDocument document) {
        return new RawBsonDocument(encode(document));
    }

    static BsonDocument decode(RawBsonDocument document) {
        return document.decode(CODEC);
    }
}
