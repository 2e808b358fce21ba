package com.foodxchange.dr.mongo.bson;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdKeyTest {
    private static byte[] key(String id) {
        IdKey key = new IdKey();
        assertThat(key.readFrom(UpdateApplierTest.bytes("{other: 1, _id: " + id + "}"), 0))
                .isTrue();
        return Arrays.copyOf(key.bytes(), key.length());
    }

    @Test
    void equalNumbersAreOneIdWhateverTheirType() {
        byte[] one = key("1");
        assertThat(key("{$numberLong: '1'}")).isEqualTo(one);
        assertThat(key("1.0")).isEqualTo(one);
        assertThat(key("{$numberDecimal: '1'}")).isEqualTo(one);
        assertThat(key("{$numberDecimal: '1.00'}")).isEqualTo(one);
        assertThat(key("{$numberDecimal: '1E2'}")).isEqualTo(key("100"));
        assertThat(key("{$numberDecimal: '0.5'}")).isEqualTo(key("0.5"));
        assertThat(key("-0.0")).isEqualTo(key("0"));
        assertThat(key("{$numberDecimal: '-0E-3'}")).isEqualTo(key("0"));
        assertThat(key("{$numberDouble: 'NaN'}")).isEqualTo(key("{$numberDecimal: 'NaN'}"));
        assertThat(key("{$numberDouble: '-Infinity'}")).isEqualTo(key("{$numberDecimal: '-Infinity'}"));
        assertThat(key("{$numberDecimal: '9223372036854775807'}"))
                .isEqualTo(key("{$numberLong: '9223372036854775807'}"));
        assertThat(key("{a: 1, b: [2]}")).isEqualTo(key("{a: 1.0, b: [{$numberLong: '2'}]}"));
        assertThat(key("{$symbol: 'x'}")).isEqualTo(key("'x'"));
    }

    @Test
    void differentValuesAreDifferentIds() {
        assertThat(key("{$numberDecimal: '0.1'}")).isNotEqualTo(key("0.1"));
        assertThat(key("{$numberLong: '9007199254740993'}")).isNotEqualTo(key("9007199254740992.0"));
        assertThat(key("'1'")).isNotEqualTo(key("1"));
        assertThat(key("{a: 1, b: 1}")).isNotEqualTo(key("{b: 1, a: 1}"));
        assertThat(key("{a: 1}")).isNotEqualTo(key("[1]"));
        assertThat(key("null")).isNotEqualTo(key("{$undefined: true}"));
        assertThat(key("{$numberDecimal: '1E6000'}")).isNotEqualTo(key("{$numberDecimal: '2E6000'}"));
        assertThat(key("{$numberDecimal: '1E-6100'}")).isNotEqualTo(key("0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{$oid: '6553f3d300000001000002d3'}", "'name'", "true", "{$date: 0}", "{$minKey: 1}"})
    void everyKindHasAKeyThatIsItsOwn(String id) {
        assertThat(key(id)).isEqualTo(key(id)).isNotEqualTo(key("7"));
    }

    @Test
    void anIdBehindOtherFieldsIsMovedInFront() {
        byte[] document = UpdateApplierTest.bytes("{a: 1, _id: 7, b: {c: 2}}");
        IdKey key = new IdKey();
        key.readFrom(document, 0);
        assertThat(key.isFirst(0)).isFalse();
        BsonBuffer out = new BsonBuffer(8);
        key.moveFirst(document, 0, out);
        assertThat(out.toByteArray()).isEqualTo(UpdateApplierTest.bytes("{_id: 7, a: 1, b: {c: 2}}"));
    }
}
