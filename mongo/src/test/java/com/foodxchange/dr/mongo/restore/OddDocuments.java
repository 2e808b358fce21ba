package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.BsonCursor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.bson.BsonBinary;
import org.bson.BsonDbPointer;
import org.bson.BsonDocument;
import org.bson.BsonInt32;
import org.bson.types.ObjectId;

/** Documents that a careless tool changes on their way. */
final class OddDocuments {
    /** The largest document that a server stores. */
    static final int LARGEST = 16 * 1024 * 1024;

    private static final String[] AS_JSON = {
        "{_id: 1, i: {$numberInt: '1'}, l: {$numberLong: '1'}, d: {$numberDouble: '1.0'}}",
        "{_id: 2, z: {$numberDouble: '-0.0'}, n: {$numberDouble: 'NaN'}, m: {$numberDouble: '-Infinity'}}",
        "{_id: 3, a: {$numberDecimal: '1.00'}, b: {$numberDecimal: '-0E+3'}, c: {$numberDecimal: 'NaN'}}",
        "{_id: 4, '': 1, 'a': {'': {'': []}}}",
        "{_id: 5, 'a.b': 1, 'c': {'d.e': 2, '$set': 3}}",
        "{_id: 6, r: {$regularExpression: {pattern: 'a.*', options: 'im'}}, lo: {$minKey: 1}, hi: {$maxKey: 1}}",
        "{_id: 7, c: {$code: 'x'}, s: {$code: 'x', $scope: {y: 1}}, y: {$symbol: 'z'}, u: {$undefined: true}}",
        "{_id: 9, t: {$timestamp: {t: 0, i: 0}}, u: {$timestamp: {t: 4294967295, i: 4294967295}}}",
        "{_id: 10, in: {t: {$timestamp: {t: 0, i: 0}}}, d: {$date: {$numberLong: '-1'}}}",
        "{_id: 11, b: {$binary: {base64: 'AQID', subType: '80'}}, o: {$binary: {base64: '', subType: '00'}}}",
        "{_id: 12, text: '\\u0000ü€😀', nested: [[[[1]], {a: [{b: null}]}]]}",
        "{_id: {$oid: '0123456789abcdef01234567'}}",
        "{_id: {a: 1, b: [1, 2]}}",
        "{_id: ''}",
        "{_id: null}",
        "{_id: {$timestamp: {t: 0, i: 0}}}",
        "{_id: {$numberDouble: 'NaN'}}",
        "{_id: {$numberLong: '9007199254740993'}}",
        "{_id: {$binary: {base64: 'AAAAAAAAAAAAAAAAAAAAAA==', subType: '04'}}}",
    };

    private OddDocuments() {}

    static List<byte[]> all() {
        List<byte[]> documents = new ArrayList<>();
        for (String json : AS_JSON) {
            documents.add(MemoryContent.encode(BsonDocument.parse(json)));
        }
        documents.add(MemoryContent.encode(new BsonDocument("_id", new BsonInt32(8))
                .append("p", new BsonDbPointer("shop.x", new ObjectId("0123456789abcdef01234567")))));
        documents.add(duplicateNames());
        documents.add(payloadOfNan());
        documents.add(large(100, LARGEST));
        return documents;
    }

    /** Two fields of one name, which servers keep and drivers cannot write. */
    private static byte[] duplicateNames() {
        BsonBuffer out = new BsonBuffer(64);
        int start = out.startDocument();
        int32(out, "_id", 101);
        int32(out, "a", 1);
        int32(out, "a", 2);
        out.endDocument(start);
        return out.toByteArray();
    }

    /** A NaN with other bits than the usual ones. */
    private static byte[] payloadOfNan() {
        BsonBuffer out = new BsonBuffer(64);
        int start = out.startDocument();
        int32(out, "_id", 102);
        name(out, BsonCursor.DOUBLE, "d");
        out.appendInt64(0x7ff8dead_beef0001L);
        out.endDocument(start);
        return out.toByteArray();
    }

    private static void int32(BsonBuffer out, String name, int value) {
        name(out, BsonCursor.INT32, name);
        out.appendInt32(value);
    }

    private static void name(BsonBuffer out, byte type, String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        out.element(type, bytes, 0, bytes.length);
    }

    /** A document of exactly that many bytes. */
    static byte[] large(int id, int length) {
        BsonDocument empty = new BsonDocument("_id", new BsonInt32(id)).append("data", new BsonBinary(new byte[0]));
        int rest = length - MemoryContent.encode(empty).length;
        return MemoryContent.encode(empty.append("data", new BsonBinary(new byte[rest])));
    }
}
