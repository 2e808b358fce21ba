package com.foodxchange.dr.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoCollection;
import com.mongodb.client.MongoDatabase;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;
import com.mongodb.client.model.Updates;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents come back as they were sent, bit for bit. */
@ParameterizedClass
@MethodSource("com.foodxchange.dr.sandbox.Deployment#all")
class BytesTest {
    private final MongoDatabase database;
    private final MongoCollection<RawBsonDocument> collection;

    BytesTest(Deployment deployment) {
        this.database = deployment.newDatabase();
        this.collection = database.getCollection("c", RawBsonDocument.class);
    }

    @AfterEach
    void drop() {
        database.drop();
    }

    /** A document with {@code _id: number} and one element of which type, name and value are given. */
    private static RawBsonDocument element(int id, int type, String name, String hexValue) {
        byte[] value = HexFormat.of().parseHex(hexValue);
        byte[] field = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer =
                ByteBuffer.allocate(4 + 9 + 2 + field.length + value.length + 1).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putInt(buffer.capacity())
                .put((byte) 16)
                .put("_id\0".getBytes(StandardCharsets.UTF_8))
                .putInt(id);
        buffer.put((byte) type).put(field).put((byte) 0).put(value).put((byte) 0);
        return new RawBsonDocument(buffer.array());
    }

    /** Type, name and value of odd elements. */
    private static final String[][] ELEMENTS = {
        {"1", "nan", "010000000000f87f"}, // NaN with a payload
        {"1", "signalling", "010000000000f07f"},
        {"1", "negative zero", "0000000000000080"},
        {"2", "empty", "0100000000"},
        {"2", "zero inside", "0400000061006200"},
        {"2", "not utf-8", "03000000fffe00"},
        {"3", "", "0500000000"},
        {"3", "nested", "0c0000000300050000000000"},
        {"3", "twice", "13000000106100010000001061000200000000"},
        {"4", "array", "0500000000"},
        {"4", "odd indexes", "0c0000001037000100000000"},
        {"5", "binary", "0300000080010203"},
        {"5", "old binary", "080000000204000000aabbccdd"},
        {"5", "empty binary", "0000000000"},
        {"6", "undefined", ""},
        {"7", "id", "0102030405060708090a0b0c"},
        {"8", "true", "01"},
        {"9", "date", "ffffffffffffff7f"},
        {"10", "null", ""},
        {"11", "regex", "612e2a620069786d00"},
        {"12", "pointer", "0200000061000102030405060708090a0b0c"},
        {"13", "code", "020000007800"},
        {"14", "symbol", "020000007300"},
        {"15", "scope", "0f00000002000000780005000000" + "00"},
        {"16", "int", "ffffff7f"},
        {"17", "timestamp", "0100000002000000"},
        {"18", "long", "0000000000000080"},
        {"19", "decimal", "00000000000000000000000000004030"},
        {"19", "decimal zeros", "64000000000000000000000000003c30"},
        {"19", "decimal nan", "0100000000000000000000000000007c"},
        {"255", "min", ""},
        {"127", "max", ""},
        {"16", "", "01000000"},
        {"16", "a.b", "01000000"},
        {"16", "$a", "01000000"},
        {"16", "\u00fc\ud83c\udf4e", "01000000"},
    };

    private static RawBsonDocument odd(int number) {
        String[] element = ELEMENTS[number];
        return element(number, Integer.parseInt(element[0]), element[1], element[2]);
    }

    @Test
    void everyOddDocumentComesBackBitForBit() {
        collection.insertMany(
                IntStream.range(0, ELEMENTS.length).mapToObj(BytesTest::odd).toList());
        List<RawBsonDocument> found =
                collection.find().sort(Sorts.ascending("_id")).into(new ArrayList<>());
        assertThat(found).hasSameSizeAs(ELEMENTS);
        for (int i = 0; i < ELEMENTS.length; i++) {
            assertThat(bytes(found.get(i))).as(ELEMENTS[i][1]).isEqualTo(bytes(odd(i)));
        }
    }

    @Test
    void anUpdateLeavesEverythingElseAsItWas() {
        for (int i = 0; i < ELEMENTS.length; i++) {
            String name = ELEMENTS[i][1];
            // real servers may refuse to update what has such names
            if (!name.isEmpty() && !name.contains("$") && !name.contains(".")) {
                collection.insertOne(odd(i));
                collection.updateOne(Filters.eq("_id", i), Updates.set("added", 1));
                collection.updateOne(Filters.eq("_id", i), Updates.unset("added"));
                RawBsonDocument found = Objects.requireNonNull(
                        collection.find(Filters.eq("_id", i)).first());
                assertThat(bytes(found)).as(name).isEqualTo(bytes(odd(i)));
            }
        }
        assertThat(collection.countDocuments()).isGreaterThan(30);
    }

    private static byte[] bytes(RawBsonDocument document) {
        ByteBuffer buffer = document.getByteBuffer().asNIO();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
