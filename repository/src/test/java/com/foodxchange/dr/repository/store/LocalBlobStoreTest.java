package com.foodxchange.dr.repository.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalBlobStoreTest extends BlobStoreContract {
    @TempDir
    Path folder;

    @Override
    BlobStore open() {
        return new LocalBlobStore(folder.resolve("new/repository"));
    }

    private Path root() {
        return folder.resolve("new/repository");
    }

    @Test
    void nothingIsCreatedByLooking() throws IOException {
        for (FileType type : FileType.values()) {
            assertThat(store.list(type)).isEmpty();
            store.delete(handle(type));
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void layoutIsThatOfRestic() throws IOException {
        String name = "ab" + "0".repeat(62);
        for (FileType type : FileType.values()) {
            store.save(type == FileType.CONFIG ? Handle.config() : new Handle(type, name), new byte[1], 1);
        }
        try (Stream<Path> files = Files.walk(root())) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(root()::relativize)
                            .map(Path::toString))
                    .containsExactlyInAnyOrder(
                            "config",
                            "keys/" + name,
                            "data/ab/" + name,
                            "index/" + name,
                            "snapshots/" + name,
                            "locks/" + name);
        }
    }

    @Test
    void filesAndFoldersAreTheOwnersOnly() throws IOException {
        store.save(handle(FileType.DATA), new byte[1], 1);
        try (Stream<Path> files = Files.walk(root())) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------"));
        }
    }

    @Test
    void secondStoreOnTheFolderSeesTheSameFiles() throws IOException {
        Handle handle = handle(FileType.DATA);
        store.save(handle, new byte[] {1, 2}, 2);
        try (BlobStore second = open()) {
            assertThat(second.load(handle)).containsExactly(1, 2);
            second.save(handle, new byte[] {1, 2}, 2);
            second.delete(handle);
        }
        assertThat(store.exists(handle)).isFalse();
    }

    @Test
    void foreignNamesFoldersAndLinksAreSkipped() throws IOException {
        Handle handle = handle(FileType.DATA);
        store.save(handle, new byte[1], 1);
        Handle snapshot = handle(FileType.SNAPSHOT);
        store.save(snapshot, new byte[1], 1);
        Path packs = root().resolve("data").resolve(handle.name().substring(0, 2));
        Path snapshots = root().resolve("snapshots");
        Files.writeString(snapshots.resolve("notes.txt"), "x");
        Files.writeString(snapshots.resolve(name() + ".tmp"), "x");
        Files.writeString(snapshots.resolve(name().replace('a', 'A') + "A"), "x");
        Files.createDirectory(snapshots.resolve(name()));
        Files.createSymbolicLink(snapshots.resolve(name()), snapshots.resolve(snapshot.name()));
        Files.createSymbolicLink(snapshots.resolve(name()), folder.resolve("nowhere"));
        Files.writeString(root().resolve("data").resolve(name()), "a pack outside its subfolder");
        String otherFirst = handle.name().startsWith("00") ? "11" : "00";
        Files.writeString(packs.resolve(otherFirst + "0".repeat(62)), "a pack in another one's subfolder");
        Files.writeString(root().resolve("README"), "x");
        Files.createDirectory(root().resolve("data/zz"));

        assertThat(store.list(FileType.SNAPSHOT)).extracting(Entry::name).containsExactly(snapshot.name());
        assertThat(store.list(FileType.DATA)).extracting(Entry::name).containsExactly(handle.name());
    }

    @Test
    void linkInPlaceOfAFileIsNotFollowed() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        Handle handle = handle(FileType.KEY);
        Files.createDirectories(root().resolve("keys"));
        Files.createSymbolicLink(root().resolve("keys").resolve(handle.name()), secret);
        assertThat(store.exists(handle)).isFalse();
        assertThatThrownBy(() -> store.load(handle)).isInstanceOf(IOException.class);
    }

    @Test
    void fileInPlaceOfAFolderFailsWithItsName() throws IOException {
        Files.createDirectories(root());
        Files.writeString(root().resolve("index"), "in the way");
        assertThat(store.list(FileType.INDEX)).isEmpty();
        assertThatThrownBy(() -> store.save(handle(FileType.INDEX), new byte[1], 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("index");
    }

    @Test
    void oldLeftoversOfBothToolsAreRemovedAndNothingElse() throws IOException {
        Handle handle = handle(FileType.DATA);
        store.save(handle, new byte[1], 1);
        Path packs = root().resolve("data").resolve(handle.name().substring(0, 2));
        Path ours = Files.writeString(packs.resolve(handle.name() + "-tmp-c1"), "torn");
        Path config = Files.writeString(root().resolve("config-tmp-1"), "torn");
        Path fresh = Files.writeString(packs.resolve(handle.name() + "-tmp-c2"), "still being written");
        Path foreign = Files.writeString(packs.resolve("holiday-tmp-photos"), "not ours");
        Instant now = Instant.now();
        for (Path old : List.of(ours, config, foreign, packs.resolve(handle.name()))) {
            Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofDays(2))));
        }
        assertThat(store.list(FileType.DATA)).hasSize(1);

        assertThat(store.removeLeftovers(now.minus(Duration.ofDays(1)))).isEqualTo(2);

        assertThat(ours).doesNotExist();
        assertThat(config).doesNotExist();
        assertThat(fresh).exists();
        assertThat(foreign).exists();
        assertThat(store.exists(handle)).isTrue();
    }

    @Test
    void killedWriterLeavesWholeFilesOnlyAndAllItReported() throws Exception {
        Set<String> reported = new HashSet<>();
        for (int seed = 0; seed < 4; seed++) {
            Process process = SavingProcess.start("", root(), 3_000_000, seed);
            try (BufferedReader names = process.inputReader()) {
                for (int i = 0; i <= seed; i++) {
                    reported.add(names.readLine());
                }
                // Unlike the process itself, its handle leaves the output readable.
                process.toHandle().destroyForcibly();
                names.lines().filter(name -> name.length() == 64).forEach(reported::add);
            }
        }
        List<Entry> entries = store.list(FileType.DATA);
        assertThat(entries).extracting(Entry::name).containsAll(reported);
        for (Entry entry : entries) {
            assertThat(SavingProcess.sha256(store.load(new Handle(FileType.DATA, entry.name()))))
                    .isEqualTo(entry.name());
        }
        store.removeLeftovers(Instant.now().plus(Duration.ofDays(1)));
        try (Stream<Path> files = Files.walk(root())) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(entries.size());
        }
    }

    @Test
    void writeThatFindsNoRoomFailsWithThePathAndLeavesNothing() throws Exception {
        Process process = SavingProcess.start("ulimit -f 100; ", root(), 3_000_000, 1);
        String output = SavingProcess.output(process);
        assertThat(process.waitFor()).isZero();
        assertThat(output)
                .contains("IOException")
                .contains(root().resolve("data").toString());
        try (Stream<Path> files = Files.walk(root())) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void missingFileIsNamedByItsPath() {
        Handle handle = handle(FileType.INDEX);
        assertThatThrownBy(() -> store.load(handle))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(
                        root().resolve("index").resolve(handle.name()).toString());
    }
}
