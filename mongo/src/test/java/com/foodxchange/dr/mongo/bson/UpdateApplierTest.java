package com.foodxchange.dr.mongo.bson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.mongo.DeploymentException;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each row: a document, what an update entry holds, and the document that the server makes of them. */
class UpdateApplierTest {
    private final UpdateApplier applier = new UpdateApplier();

    static byte[] bytes(String json) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(out),
                        BsonDocument.parse(json),
                        EncoderContext.builder().build());
        return out.toByteArray();
    }

    private boolean apply(String before, String update, String expected) {
        BsonBuffer out = new BsonBuffer(8);
        boolean fits = applier.apply(bytes(before), 0, bytes(update), 0, out);
        assertThat(new RawBsonDocument(out.toByteArray()).toJson())
                .isEqualTo(BsonDocument.parse(expected).toJson());
        assertThat(out.toByteArray()).isEqualTo(bytes(expected));
        return fits;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {_id: 1, a: 1, b: 2, c: 3} | {d: {b: false}}                   | {_id: 1, a: 1, c: 3}
            {_id: 1, a: 1, b: 2}       | {u: {a: 'x'}}                     | {_id: 1, a: 'x', b: 2}
            {_id: 1, b: 2}             | {u: {a: 1}, i: {c: 3}}            | {_id: 1, b: 2, a: 1, c: 3}
            {_id: 1, b: 2}             | {i: {d: 1, c: 3}}                 | {_id: 1, b: 2, d: 1, c: 3}
            {_id: 1, a: 1, b: 2}       | {i: {a: 9}}                       | {_id: 1, b: 2, a: 9}
            {_id: 1, o: {x: 1, y: 2}}  | {so: {d: {x: false}, u: {y: 5}}}  | {_id: 1, o: {y: 5}}
            {_id: 1, o: {p: {q: 1}}}   | {so: {sp: {u: {q: 2}}}}           | {_id: 1, o: {p: {q: 2}}}
            {_id: 1, r: [1, 2, 3]}     | {sr: {a: true, u1: 'x'}}          | {_id: 1, r: [1, 'x', 3]}
            {_id: 1, r: [1, 2, 3]}     | {sr: {a: true, l: 1}}             | {_id: 1, r: [1]}
            {_id: 1, r: [1]}           | {sr: {a: true, l: 3}}             | {_id: 1, r: [1, null, null]}
            {_id: 1, r: [1]}           | {sr: {a: true, u3: 4}}            | {_id: 1, r: [1, null, null, 4]}
            {_id: 1, r: [1, 2, 3]}     | {sr: {a: true, l: 2, u1: 9}}      | {_id: 1, r: [1, 9]}
            {_id: 1, r: [{k: 1}]}      | {sr: {a: true, s0: {u: {k: 2}}}}  | {_id: 1, r: [{k: 2}]}
            {_id: 1, r: [[1, 2]]}      | {sr: {a: true, s0: {a: true, u0: 5}}} | {_id: 1, r: [[5, 2]]}
            {_id: 1, '': 1}            | {u: {'': 2}}                      | {_id: 1, '': 2}
            """)
    void diffsChangeWhatTheyName(String before, String diff, String expected) {
        String update = "{$v: 2, diff: " + diff + "}";
        assertThat(apply(before, update, expected)).isTrue();
        assertThat(apply(expected, update, expected)).as("applied again").isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {_id: 1, o: 5}    | {so: {u: {x: 1}}}                | {_id: 1, o: null}
            {_id: 1, o: {}}   | {so: {a: true, u0: 1}}           | {_id: 1, o: null}
            {_id: 1, r: [7]}  | {sr: {a: true, s0: {u: {k: 2}}}} | {_id: 1, r: [null]}
            {_id: 1, r: []}   | {sr: {a: true, s1: {u: {k: 2}}}} | {_id: 1, r: [null, null]}
            """)
    void aDiffOfAnotherTypeLeavesNullForTheEntryThatFollows(String before, String diff, String expected) {
        assertThat(apply(before, "{$v: 2, diff: " + diff + "}", expected)).isFalse();
    }

    @Test
    void aBinaryDiffReplacesTheEnd() {
        String before = "{_id: 1, b: {$binary: {base64: 'AAECAwQ=', subType: '07'}}}";
        String expected = "{_id: 1, b: {$binary: {base64: 'AAEJCQ==', subType: '07'}}}";
        String diff = "{b: {b: {o: 2, d: {$binary: {base64: 'CQk=', subType: '00'}}}}}";
        assertThat(apply(before, "{$v: 2, diff: " + diff + "}", expected)).isTrue();
    }

    @Test
    void manyFieldsAreFoundByName() {
        StringBuilder before = new StringBuilder("{_id: 1");
        StringBuilder changes = new StringBuilder();
        StringBuilder expected = new StringBuilder("{_id: 1");
        for (int i = 0; i < 100; i++) {
            before.append(", f").append(i).append(": ").append(i);
            changes.append(i == 0 ? "" : ", ").append("f").append(99 - i).append(": 'n'");
            expected.append(", f").append(i).append(": 'n'");
        }
        apply(before + "}", "{$v: 2, diff: {u: {" + changes + "}}}", expected + "}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {_id: 1, a: 1}           | {$v: 1, $set: {a: 2}}               | {_id: 1, a: 2}
            {_id: 1}                 | {$set: {b: 1, c: 2}}                | {_id: 1, b: 1, c: 2}
            {_id: 1, a: 1, b: 2}     | {$v: 1, $unset: {a: true}}          | {_id: 1, b: 2}
            {_id: 1}                 | {$v: 1, $unset: {a: true}}          | {_id: 1}
            {_id: 1}                 | {$v: 1, $set: {'a.b.c': 1}}         | {_id: 1, a: {b: {c: 1}}}
            {_id: 1, a: {x: 1}}      | {$v: 1, $set: {'a.b': 1}}           | {_id: 1, a: {x: 1, b: 1}}
            {_id: 1, r: [1, 2]}      | {$v: 1, $set: {'r.1': 'x'}}         | {_id: 1, r: [1, 'x']}
            {_id: 1, r: [1]}         | {$v: 1, $set: {'r.3': 4}}           | {_id: 1, r: [1, null, null, 4]}
            {_id: 1, r: [{k: 1}]}    | {$v: 1, $set: {'r.0.k': 2}}         | {_id: 1, r: [{k: 2}]}
            {_id: 1, r: [1, 2]}      | {$v: 1, $unset: {'r.0': true}}      | {_id: 1, r: [null, 2]}
            {_id: 1, o: {'0': 1}}    | {$v: 1, $set: {'o.0': 2}}           | {_id: 1, o: {'0': 2}}
            {_id: 1}                 | {$v: 1, $set: {'n.2': 1}}           | {_id: 1, n: {'2': 1}}
            """)
    void modifiersChangeTheirPaths(String before, String update, String expected) {
        assertThat(apply(before, update, expected)).isTrue();
        assertThat(apply(expected, update, expected)).as("applied again").isTrue();
    }

    @Test
    void aModifierThroughAScalarDoesNotFit() {
        assertThat(apply("{_id: 1, a: 5}", "{$v: 1, $set: {'a.b': 1}}", "{_id: 1, a: 5}"))
                .isFalse();
    }

    @Test
    void replacementsAreToldFromUpdates() {
        assertThat(applier.isReplacement(bytes("{_id: 1, $v: 2}"), 0)).isTrue();
        assertThat(applier.isReplacement(bytes("{}"), 0)).isTrue();
        assertThat(applier.isReplacement(bytes("{$v: 2, diff: {}}"), 0)).isFalse();
        assertThat(applier.isReplacement(bytes("{$set: {a: 1}}"), 0)).isFalse();
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertThatThrownBy(() -> apply("{_id: 1}", "{$v: 3, diff: {}}", "{_id: 1}"))
                .isInstanceOf(DeploymentException.class)
                .hasMessageContaining("version 3");
    }
}
