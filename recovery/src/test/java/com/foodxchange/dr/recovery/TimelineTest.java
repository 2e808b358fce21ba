package com.foodxchange.dr.recovery;

import static com.foodxchange.dr.recovery.Shelf.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.recovery.Gap.Reason;
import com.foodxchange.dr.recovery.RecoveryException.Kind;
import com.foodxchange.dr.repository.Snapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private final Shelf shelf = new Shelf();

    @Test
    void aFullAndItsSlicesMakeOneWindow() {
        Snapshot full = shelf.full("a", 100, 1, FullReason.FIRST);
        Snapshot first = shelf.slice("a", 100, 1, 200, 1);
        Snapshot second = shelf.slice("a", 200, 1, 300, 2);
        Timeline timeline = shelf.timeline();
        assertThat(timeline.gaps()).isEmpty();
        assertThat(timeline.windows()).singleElement().satisfies(window -> {
            assertThat(window.from()).isEqualTo(at(100, 1));
            assertThat(window.to()).isEqualTo(at(300, 2));
        });
        assertThat(way("latest")).containsExactly(full, first, second);
        assertThat(way("200,1")).containsExactly(full, first);
        assertThat(way("200,2")).containsExactly(full, first, second);
        assertThat(way("100,1")).containsExactly(full);
    }

    @Test
    void fullsOnOneChainShareAWindowAndTheNewestIsTaken() {
        Snapshot early = shelf.full("a", 100, 1, FullReason.FIRST);
        Snapshot slice = shelf.slice("a", 100, 1, 200, 1);
        Snapshot late = shelf.full("a", 250, 1, FullReason.ASKED);
        Snapshot bridge = shelf.slice("a", 200, 1, 300, 1);
        Timeline timeline = shelf.timeline();
        assertThat(timeline.windows())
                .singleElement()
                .satisfies(window -> assertThat(window.fulls())
                        .extracting(BackupSnapshot::snapshot)
                        .containsExactly(early, late));
        assertThat(way("230,1")).containsExactly(early, slice, bridge);
        assertThat(way("250,1")).containsExactly(late);
        assertThat(way("300,1")).containsExactly(late, bridge);
    }

    @Test
    void aFullAfterAGapSaysWhyThereIsOne() {
        shelf.full("a", 100, 1, FullReason.FIRST);
        shelf.slice("a", 100, 1, 200, 1);
        shelf.full("a", 400, 1, FullReason.OPLOG_GAP);
        shelf.slice("a", 400, 1, 500, 1);
        shelf.full("b", 700, 1, FullReason.OTHER_SET);
        Timeline timeline = shelf.timeline();
        assertThat(timeline.windows()).hasSize(3);
        assertThat(timeline.gaps())
                .extracting(Gap::reason)
                .containsExactly(Reason.OPLOG_ROLLED_OVER, Reason.OTHER_REPLICA_SET, Reason.NO_SLICE);
        assertOutside("300,1", "200,1", "400,1");
    }

    @Test
    void aForgottenSliceLeavesAGapThatSaysSo() {
        shelf.full("a", 100, 1, FullReason.FIRST);
        shelf.slice("a", 100, 1, 200, 1);
        Snapshot lost = shelf.slice("a", 200, 1, 300, 1);
        shelf.slice("a", 300, 1, 400, 1);
        shelf.snapshots.remove(lost);
        assertThat(shelf.timeline().windows())
                .singleElement()
                .satisfies(window -> assertThat(window.to()).isEqualTo(at(200, 1)));
        assertThat(shelf.timeline().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(Reason.MISSING_SLICE);
            assertThat(gap.message()).contains("200,1").contains("300,1");
        });
        assertOutside("350,1", "200,1");
    }

    @Test
    void anUnreadableSnapshotIsNamedWhereItMayBeTheMissingOne() {
        shelf.full("a", 100, 1, FullReason.FIRST);
        Snapshot torn = shelf.slice("a", 100, 1, 200, 1);
        shelf.slice("a", 200, 1, 300, 1);
        shelf.damage(torn);
        assertThat(shelf.timeline().gaps()).singleElement().satisfies(gap -> {
            assertThat(gap.reason()).isEqualTo(Reason.UNREADABLE_SNAPSHOT);
            assertThat(gap.message()).contains("snapshots/" + torn.id());
        });
    }

    @Test
    void slicesWithoutTheirFullRestoreNothing() {
        Snapshot full = shelf.full("a", 100, 1, FullReason.FIRST);
        shelf.slice("a", 100, 1, 200, 1);
        shelf.snapshots.remove(full);
        assertThat(shelf.timeline().windows()).isEmpty();
        assertThat(shelf.timeline().gaps()).extracting(Gap::reason).containsExactly(Reason.MISSING_FULL);
        assertThatThrownBy(() -> shelf.timeline().at(Moment.LATEST))
                .isInstanceOfSatisfying(
                        RecoveryException.class, e -> assertThat(e.kind()).isEqualTo(Kind.OUTSIDE_WINDOW));
    }

    @Test
    void slicesOfADeadHistoryDoNotContinueTheLivingOne() {
        Snapshot old = shelf.full("a", 100, 1, FullReason.FIRST);
        Snapshot dead = shelf.slice("a", 100, 1, 200, 1);
        Snapshot living = shelf.full("a", 170, 2, FullReason.ROLLBACK);
        Snapshot next = shelf.slice("a", 170, 2, 190, 2);
        assertThat(shelf.timeline().windows()).hasSize(2);
        assertThat(shelf.timeline().gaps()).extracting(Gap::reason).containsExactly(Reason.ROLLBACK);
        assertThat(way("latest")).containsExactly(living, next);
        assertThat(way("180,1")).containsExactly(living, next);
        assertThat(way("160,1")).containsExactly(old, dead);
    }

    @Test
    void slicesOfOtherDatabasesDoNotContinueAFull() {
        shelf.full("a", 100, 1, FullReason.FIRST);
        shelf.add(new SnapshotTags(
                "orders", BackupKind.INCREMENTAL, "a", List.of("one"), at(101, 1), at(200, 1), at(100, 1), null));
        assertThat(shelf.timeline().windows())
                .singleElement()
                .satisfies(window -> assertThat(window.to()).isEqualTo(at(100, 1)));
    }

    @Test
    void theSecondInWhichTheBackupsEndIsGivenAsFarAsItGoes() {
        shelf.full("a", 100, 1, FullReason.FIRST);
        RestorePoint point = shelf.timeline().at(new Moment.Second(Instant.ofEpochSecond(100)));
        assertThat(point.notes())
                .singleElement()
                .satisfies(note -> assertThat(note.message()).contains("100,1"));
        assertOutside("1970-01-01T00:01:41Z", "100,1");
        assertOutside("1970-01-01T00:01:39Z", "100,1");
    }

    @Test
    void aStandaloneServerHasThePointsOfItsFulls() {
        Snapshot first = shelf.add(
                new SnapshotTags("orders", BackupKind.FULL, null, List.of(), null, null, null, FullReason.STANDALONE));
        Snapshot second = shelf.add(
                new SnapshotTags("orders", BackupKind.FULL, null, List.of(), null, null, null, FullReason.STANDALONE));
        assertThat(shelf.timeline().windows()).hasSize(2).noneMatch(Window::ofOneMoment);
        assertThat(way("latest")).containsExactly(second);
        assertThat(way(first.time().toString())).containsExactly(first);
        assertOutside(
                first.time().plusSeconds(5).toString(),
                first.time().toString(),
                second.time().toString());
        assertThat(shelf.timeline().gaps()).extracting(Gap::reason).containsExactly(Reason.STANDALONE);
    }

    @Test
    void sourcesAreAskedForWhenThereAreSeveral() {
        assertThatThrownBy(() -> shelf.backups().source(null)).hasMessageContaining("no backup");
        shelf.full("a", 100, 1, FullReason.FIRST);
        assertThat(shelf.backups().source(null)).isEqualTo("orders");
        shelf.add(
                new SnapshotTags("stock", BackupKind.FULL, "b", List.of(), at(1, 1), at(5, 1), null, FullReason.FIRST));
        assertThatThrownBy(() -> shelf.backups().source(null))
                .isInstanceOfSatisfying(
                        RecoveryException.class, e -> assertThat(e.hint()).contains("orders, stock"));
        assertThatThrownBy(() -> shelf.backups().source("order")).hasMessageContaining("'order'");
        assertThat(shelf.backups().source("stock")).isEqualTo("stock");
    }

    private List<Snapshot> way(String moment) {
        RestorePoint point = shelf.timeline().at(Moment.parse(moment));
        List<Snapshot> way = new ArrayList<>(List.of(point.full().snapshot()));
        point.slices().forEach(slice -> way.add(slice.snapshot()));
        assertThat(point.limit()).isEqualTo(Moment.parse(moment).limit());
        return way;
    }

    private void assertOutside(String moment, String... nearest) {
        assertThatThrownBy(() -> shelf.timeline().at(Moment.parse(moment)))
                .isInstanceOfSatisfying(RecoveryException.class, e -> {
                    assertThat(e.kind()).isEqualTo(Kind.OUTSIDE_WINDOW);
                    assertThat(e.hint()).contains(nearest);
                });
    }
}
