package com.foodxchange.dr.recovery.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.foodxchange.dr.recovery.BackupSnapshot;
import com.foodxchange.dr.recovery.Lab;
import com.foodxchange.dr.recovery.Manifest;
import com.foodxchange.dr.recovery.Writer;
import com.foodxchange.dr.recovery.backup.BackupRequest.Choice;
import com.foodxchange.dr.repository.BlobStream;
import com.foodxchange.dr.repository.CheckFinding;
import com.foodxchange.dr.repository.CheckReport;
import com.foodxchange.dr.repository.CheckScope;
import com.foodxchange.dr.repository.FileEntry;
import com.foodxchange.dr.repository.RepositoryLock;
import com.foodxchange.dr.repository.Snapshot;
import com.foodxchange.dr.repository.SnapshotAttributes;
import com.foodxchange.dr.repository.SnapshotReader;
import com.foodxchange.dr.repository.SnapshotWriter;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckRecipeTest {
    @TempDir
    private Path folder;

    private Lab lab;
    private BackupSnapshot full;
    private BackupSnapshot slice;

    @BeforeEach
    void backUp() throws Exception {
        lab = new Lab(folder);
        Writer writer = lab.writer(1).write(60, 1000);
        full = Lab.added(lab.backup(Choice.AUTO));
        writer.write(20, 1000);
        slice = Lab.added(lab.backup(Choice.AUTO));
        writer.write(20, 1000);
        lab.backup(Choice.AUTO);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void whatIsWholeHasNoFinding() throws Exception {
        AtomicLong files = new AtomicLong();
        CheckProgress progress = new CheckProgress() {
            @Override
            public void done(long packs, long allPacks, long bytes, long allBytes) {}

            @Override
            public void read(long done, long allFiles, long bytes, long allBytes) {
                files.set(done);
                assertThat(done).isLessThanOrEqualTo(allFiles);
                assertThat(bytes).isLessThanOrEqualTo(allBytes);
            }
        };
        try (LocalBlobStore store = store()) {
            assertThat(new CheckRecipe(store, "test".toCharArray())
                            .run(CheckScope.allData(), progress)
                            .findings())
                    .isEmpty();
        }
        assertThat(files)
                .as("two collections, and the oplogs of two slices at least")
                .hasValueGreaterThan(3);
        assertThat(check(CheckScope.structure()).findings()).isEmpty();
        assertThat(check(CheckScope.partOfData(2, 3)).findings()).isEmpty();
    }

    @Test
    void aForgottenSliceIsAProblem() throws Exception {
        forget(slice);
        assertThat(check(CheckScope.structure()).problems())
                .singleElement()
                .satisfies(finding -> assertThat(finding.message())
                        .contains("nothing can be restored", slice.to().toString()));
    }

    @Test
    void aCollectionThatIsAnotherOneIsFoundWhenItIsRead() throws Exception {
        byte[] other = withAnotherValue("shop/orders.bson");
        replace(full, path -> path.equals("shop/orders.bson") ? other : null, UnaryOperator.identity());
        assertThat(check(CheckScope.structure()).problems())
                .as("its size is right")
                .isEmpty();
        CheckReport report = check(CheckScope.allData());
        assertThat(report.problems()).singleElement().satisfies(finding -> {
            assertThat(finding.message()).startsWith("shop/orders.bson").contains("not what was captured");
            assertThat(finding.hits())
                    .singleElement()
                    .satisfies(hit -> assertThat(hit.paths()).containsExactly("shop/orders.bson"));
        });
    }

    @Test
    void aFileOfAnotherSizeIsFoundWithoutReadingIt() throws Exception {
        replace(full, path -> path.equals("shop/orders.bson") ? new byte[] {5, 0, 0, 0, 0} : null, tags -> tags);
        assertThat(check(CheckScope.structure()).problems())
                .extracting(CheckFinding::message)
                .singleElement()
                .asString()
                .startsWith("shop/orders.bson: the file has 5 bytes");
    }

    @Test
    void aManifestThatIsNoneIsAProblem() throws Exception {
        byte[] nonsense = "{\"schemaVersion\": 1}".getBytes(StandardCharsets.UTF_8);
        replace(slice, path -> path.equals(Manifest.PATH) ? nonsense : null, UnaryOperator.identity());
        assertThat(check(CheckScope.structure()).problems())
                .extracting(CheckFinding::message)
                .singleElement()
                .asString()
                .contains("manifest");
    }

    @Test
    void tagsThatWereChangedAreAProblem() throws Exception {
        replace(full, path -> null, tags -> {
            List<String> changed = new ArrayList<>(tags);
            changed.removeIf(tag -> tag.startsWith("to:"));
            changed.add("to:4000000000.1");
            return changed;
        });
        assertThat(check(CheckScope.structure()).problems())
                .extracting(CheckFinding::message)
                .anySatisfy(message -> assertThat(message).contains("tags"));
    }

    /** What a file of a snapshot is to hold instead; null: what it holds. */
    private interface Instead {
        byte @Nullable [] of(String path);
    }

    /** Puts a snapshot with other files or tags in the place of a backup. */
    private void replace(BackupSnapshot backup, Instead instead, UnaryOperator<List<String>> tags) throws Exception {
        Snapshot snapshot = backup.snapshot();
        SnapshotReader reader = lab.repository.read(snapshot);
        try (SnapshotWriter writer = lab.repository.newSnapshot()) {
            for (FileEntry file : reader.files()) {
                copy(reader, file.path(), instead.of(file.path()), writer);
            }
            writer.commit(new SnapshotAttributes(
                    snapshot.time(), snapshot.hostname(), snapshot.paths(), tags.apply(snapshot.tags()), null));
        }
        forget(backup);
    }

    private static void copy(SnapshotReader from, String path, byte @Nullable [] instead, SnapshotWriter to)
            throws Exception {
        try (SnapshotWriter.PartWriter part = to.create(path).nextPart()) {
            if (instead != null) {
                part.write(instead, instead.length);
                return;
            }
            try (BlobStream blobs = from.open(path)) {
                for (byte[] blob = blobs.next(); blob != null; blob = blobs.next()) {
                    part.write(blob, blob.length);
                }
            }
        }
    }

    /** The file with one bit of the value in its first document turned. */
    private byte[] withAnotherValue(String path) throws Exception {
        try (BlobStream blobs = lab.repository.read(full.snapshot()).open(path)) {
            byte[] blob = blobs.next();
            assertThat(blob).isNotNull();
            assertThat(blobs.next()).as("a small collection").isNull();
            byte[] other = blob == null ? new byte[0] : blob.clone();
            // _id and value are int32 at fixed places of the first document: length, 0x10 "_id", value, 0x10 "value"
            other[4 + 5 + 4 + 7] ^= 1;
            return other;
        }
    }

    private void forget(BackupSnapshot backup) throws InterruptedException {
        try (RepositoryLock lock = lab.repository.lock(RepositoryLock.Mode.EXCLUSIVE)) {
            lab.repository.forget(lock, List.of(backup.snapshot()));
        }
    }

    private CheckReport check(CheckScope scope) throws Exception {
        try (LocalBlobStore store = store()) {
            return new CheckRecipe(store, "test".toCharArray()).run(scope, (packs, all, bytes, allBytes) -> {});
        }
    }

    private LocalBlobStore store() {
        return new LocalBlobStore(folder.resolve("repository"));
    }
}
