package com.foodxchange.dr.mongo.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TemporaryNamesTest {
    private final Task task =
            new Task(17, MemoryContent.of("shop." + "n".repeat(200)), RestorePlan.Action.CREATE, Task.Way.SWAP, null);

    @Test
    void ourNamesAreKnownAgainAndNobodyElsesAre() {
        assertThat(TemporaryNames.isOurs(new TemporaryNames().of(task).collection()))
                .isTrue();
        assertThat(TemporaryNames.isOurs("dr-restore-plans")).isFalse();
        assertThat(TemporaryNames.isOurs("dr-restore-0123abcd-17-copy")).isFalse();
        assertThat(TemporaryNames.isOurs("my-dr-restore-0123abcd-17")).isFalse();
    }

    @Test
    void twoRestoresUseDifferentNamesInTheDatabaseOfTheCollection() {
        assertThat(new TemporaryNames().of(task)).isNotEqualTo(new TemporaryNames().of(task));
        assertThat(new TemporaryNames().of(task).database()).isEqualTo("shop");
    }

    @Test
    void theyFitWhereverTheDatabaseFits() {
        assertThat(new TemporaryNames().of(task).collection().length()).isLessThan(120 - 1 - 63);
    }
}
