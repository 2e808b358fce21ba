package com.foodxchange.dr.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.repository.Snapshot;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotTagsTest {
    private final Shelf shelf = new Shelf();

    @Test
    void aSliceIsReadAsItWasWritten() {
        OpTime previous = OpTime.of(4_000_000_000L, -2, 6);
        OpTime to = OpTime.of(4_000_000_001L, -1, 7);
        Snapshot snapshot = shelf.add(
                new SnapshotTags("orders", BackupKind.INCREMENTAL, "5f", List.of("b,x", "a"), to, to, previous, null));
        assertThat(snapshot.tags())
                .contains("to:4000000001.4294967295", "prev:4000000000.4294967294", "term:7", "db:b%2Cx")
                .noneMatch(tag -> tag.contains(","));
        BackupSnapshot read = SnapshotTags.read(snapshot).orElseThrow();
        assertThat(read.databases()).containsExactly("a", "b,x");
        assertThat(read.to()).isEqualTo(to);
        assertThat(read.previous()).isEqualTo(previous);
        assertThat(read.kind()).isEqualTo(BackupKind.INCREMENTAL);
    }

    @Test
    void aStandaloneServersBackupIsAtTheSecondInWhichItEnded() {
        Snapshot snapshot = shelf.add(
                new SnapshotTags("orders", BackupKind.FULL, null, List.of(), null, null, null, FullReason.STANDALONE));
        BackupSnapshot read = SnapshotTags.read(snapshot).orElseThrow();
        assertThat(read.to()).isEqualTo(OpTime.of(snapshot.time().getEpochSecond(), 0, -1));
        assertThat(read.ofOneMoment()).isFalse();
        assertThat(read.reason()).isEqualTo(FullReason.STANDALONE);
    }

    @Test
    void whatOthersMadeIsForeign() {
        Snapshot ours = shelf.full("a", 100, 1, FullReason.FIRST);
        Snapshot without = new Snapshot(
                "f".repeat(64),
                Instant.EPOCH,
                null,
                ours.tree(),
                List.of("/home"),
                "h",
                "u",
                List.of(),
                null,
                null,
                null);
        Snapshot half = new Snapshot(
                "e".repeat(64),
                Instant.EPOCH,
                null,
                ours.tree(),
                List.of("/home"),
                "h",
                "u",
                List.of("source:x", "kind:incremental", "set:5f", "to:1.1"),
                null,
                null,
                null);
        shelf.snapshots.add(without);
        shelf.snapshots.add(half);
        assertThat(shelf.backups().foreign()).containsExactly(without, half);
        assertThat(shelf.backups().all()).extracting(BackupSnapshot::snapshot).containsExactly(ours);
    }

    @Test
    void tagsThatNobodyKnowsYetAreIgnored() {
        Snapshot snapshot = shelf.full("a", 100, 1, FullReason.FIRST);
        List<String> more = new java.util.ArrayList<>(snapshot.tags());
        more.remove("why:first");
        more.addAll(List.of("why:the-moon", "class:gold", "keep"));
        Snapshot newer = new Snapshot(
                snapshot.id(),
                snapshot.time(),
                null,
                snapshot.tree(),
                snapshot.paths(),
                "orders",
                "",
                more,
                null,
                null,
                null);
        BackupSnapshot read = SnapshotTags.read(newer).orElseThrow();
        assertThat(read.reason()).isNull();
        assertThat(read.to()).isEqualTo(Shelf.at(100, 1));
    }
}
