package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolynomialTest {
    @ParameterizedTest
    @CsvSource({"1, 2", "2, 1", "3, 2", "4, 3", "8, 30", "10, 99", "12, 335"})
    void countsAsManyIrreduciblePolynomialsAsThereAre(int degree, int count) {
        assertThat(LongStream.range(1L << degree, 2L << degree)
                        .filter(Polynomial::isIrreducible)
                        .count())
                .isEqualTo(count);
    }

    @Test
    void acceptsTheExampleOfTheFormatAndDrawsOthersLikeIt() {
        assertThat(Polynomial.isIrreducible(0x25b468838dcb75L)).isTrue();
        assertThat(Polynomial.isIrreducible(0x25b468838dcb74L)).isFalse();
        long drawn = Polynomial.random(new SecureRandom());
        assertThat(Polynomial.isIrreducible(drawn)).isTrue();
        assertThat(63 - Long.numberOfLeadingZeros(drawn)).isEqualTo(53);
        assertThat(Polynomial.random(new SecureRandom())).isNotEqualTo(drawn);
    }
}
