package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CheckTest {
    private static final char[] PASSWORD = "secret".toCharArray();

    private final MemoryBlobStore store = new MemoryBlobStore();

    private CheckReport check(CheckScope scope) throws InterruptedException {
        return Check.run(store, PASSWORD, scope, PackProgress.NONE);
    }

    @Test
    void newRepositoryIsClean() throws Exception {
        Contents.repository(store, PASSWORD).close();
        CheckReport report = check(CheckScope.allData());
        assertThat(report.findings()).isEmpty();
        assertThat(report.snapshots()).isZero();
    }

    @Test
    void whatWasWrittenIsCleanAndCounted() throws Exception {
        Random random = new Random(1);
        try (Repository repository = Contents.repository(store, PASSWORD)) {
            for (int i = 0; i < 3; i++) {
                Contents.write(
                        repository,
                        Map.of("db/a.bson", List.of(Contents.bytes(random, 100_000)), "empty", List.of()),
                        Contents.attributes(Contents.TIME.plusSeconds(i), null));
            }
        }
        CheckReport report = check(CheckScope.allData());
        assertThat(report.findings()).isEmpty();
        assertThat(report.snapshots()).isEqualTo(3);
        assertThat(report.packs()).isEqualTo(6);
        assertThat(report.packsRead()).isEqualTo(6);
        assertThat(report.bytesRead()).isEqualTo(report.bytes()).isPositive();
        assertThat(check(CheckScope.structure()).bytesRead()).isZero();
    }

    @Test
    void eachPartReadsItsShareAndAllOfThemEverything() throws Exception {
        Random random = new Random(1);
        try (Repository repository = Contents.repository(store, PASSWORD)) {
            for (int i = 0; i < 6; i++) {
                Contents.write(
                        repository,
                        Map.of("a", List.of(Contents.bytes(random, 1_000))),
                        Contents.attributes(Contents.TIME, null));
            }
        }
        long packs = 0;
        for (int part = 1; part <= 4; part++) {
            packs += check(CheckScope.partOfData(part, 4)).packsRead();
        }
        assertThat(packs).isEqualTo(12);
    }

    @Test
    void wrongPasswordAndNothingThereAreNoFindings() throws Exception {
        assertThatThrownBy(() -> check(CheckScope.structure()))
                .isInstanceOfSatisfying(
                        RepositoryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.NO_REPOSITORY));
        Contents.repository(store, "other".toCharArray()).close();
        assertThatThrownBy(() -> check(CheckScope.structure()))
                .isInstanceOfSatisfying(
                        RepositoryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.WRONG_PASSWORD));
    }
}
