package com.foodxchange.dr.repository.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store does. */
abstract class BlobStoreContract {
    private final Random random = new Random(7);
    BlobStore store;

    abstract BlobStore open() throws IOException;

    @BeforeEach
    void openStore() throws IOException {
        store = open();
    }

    @AfterEach
    void closeStore() throws IOException {
        store.close();
    }

    @ParameterizedTest
    @EnumSource
    void fileOfEveryTypeComesBackWhole(FileType type) throws IOException {
        Handle handle = handle(type);
        byte[] bytes = bytes(100_000);
        assertThat(store.exists(handle)).isFalse();

        store.save(handle, bytes, bytes.length);

        assertThat(store.exists(handle)).isTrue();
        assertThat(store.load(handle)).isEqualTo(bytes);
        assertThat(store.list(type)).containsExactly(new Entry(handle.name(), bytes.length));
        for (FileType other : FileType.values()) {
            assertThat(store.list(other)).hasSize(other == type ? 1 : 0);
        }
    }

    @Test
    void onlyTheFirstBytesOfAnArrayAreSaved() throws IOException {
        Handle handle = handle(FileType.DATA);
        byte[] bytes = bytes(1000);
        store.save(handle, bytes, 10);
        bytes[0]++;
        assertThat(store.load(handle)).hasSize(10);
        assertThat(store.load(handle)[0]).isNotEqualTo(bytes[0]);
    }

    @Test
    void emptyFileIsAFile() throws IOException {
        Handle handle = handle(FileType.SNAPSHOT);
        store.save(handle, new byte[0], 0);
        assertThat(store.load(handle)).isEmpty();
        assertThat(store.load(handle, 0, 0)).isEmpty();
        assertThat(store.list(FileType.SNAPSHOT)).containsExactly(new Entry(handle.name(), 0));
    }

    @Test
    void rangesAreExact() throws IOException {
        Handle handle = handle(FileType.DATA);
        byte[] bytes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        store.save(handle, bytes, bytes.length);
        assertThat(store.load(handle, 0, 10)).isEqualTo(bytes);
        assertThat(store.load(handle, 3, 4)).containsExactly(3, 4, 5, 6);
        assertThat(store.load(handle, 9, 1)).containsExactly(9);
        assertThat(store.load(handle, 10, 0)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 10, 11, 1L << 40})
    void rangeBehindTheEndIsAnError(long offset) throws IOException {
        Handle handle = handle(FileType.DATA);
        store.save(handle, new byte[10], 10);
        assertThatThrownBy(() -> store.load(handle, offset, 3))
                .isInstanceOf(EOFException.class)
                .hasMessageContaining(handle.name());
    }

    @ParameterizedTest
    @EnumSource
    void missingFileIsSaidToBeMissing(FileType type) throws IOException {
        Handle handle = handle(type);
        assertThatThrownBy(() -> store.load(handle))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining(handle.name());
        assertThatThrownBy(() -> store.load(handle, 0, 1)).isInstanceOf(NoSuchFileException.class);
        store.delete(handle);
        assertThat(store.list(type)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void deletedFileIsGoneAndItsNameFree(FileType type) throws IOException {
        Handle handle = handle(type);
        store.save(handle, new byte[] {1}, 1);
        store.delete(handle);
        assertThat(store.exists(handle)).isFalse();
        assertThat(store.list(type)).isEmpty();
        store.save(handle, new byte[] {2}, 1);
        assertThat(store.load(handle)).containsExactly(2);
    }

    @ParameterizedTest
    @EnumSource
    void sameBytesTwiceAreFineAndOtherBytesAreRefused(FileType type) throws IOException {
        Handle handle = handle(type);
        store.save(handle, new byte[] {1, 2, 3}, 3);
        store.save(handle, new byte[] {1, 2, 3, 4}, 3);
        for (byte[] other : List.of(new byte[] {1, 2, 4}, new byte[] {1, 2}, new byte[] {1, 2, 3, 4})) {
            assertThatThrownBy(() -> store.save(handle, other, other.length))
                    .isInstanceOf(FileAlreadyExistsException.class)
                    .hasMessageContaining(handle.name());
        }
        assertThat(store.load(handle)).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "config", "../config", "00", "G"})
    void handleTakesProperNamesOnly(String name) {
        assertThatThrownBy(() -> new Handle(FileType.DATA, name)).isInstanceOf(IllegalArgumentException.class);
        String upper = "A".repeat(64);
        assertThatThrownBy(() -> new Handle(FileType.KEY, upper)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Handle(FileType.CONFIG, "a".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyFilesAreListedOnceEach() throws IOException {
        List<Entry> saved = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            Handle handle = handle(FileType.DATA);
            store.save(handle, new byte[i], i);
            saved.add(new Entry(handle.name(), i));
        }
        assertThat(store.list(FileType.DATA)).containsExactlyInAnyOrderElementsOf(saved);
    }

    @Test
    void sameNameFromManyThreadsIsOneWholeFile() throws Exception {
        byte[] bytes = bytes(200_000);
        for (int round = 0; round < 10; round++) {
            Handle handle = handle(FileType.DATA);
            inParallel(8, i -> {
                store.save(handle, bytes, bytes.length);
                return store.load(handle);
            });
            assertThat(store.load(handle)).isEqualTo(bytes);
        }
        assertThat(store.list(FileType.DATA)).hasSize(10);
    }

    @Test
    void oneOfManyThreadsWinsWhenTheBytesDiffer() throws Exception {
        Handle handle = Handle.config();
        List<Boolean> won = inParallel(8, i -> {
            try {
                store.save(handle, new byte[] {i}, 1);
                return true;
            } catch (FileAlreadyExistsException e) {
                return false;
            }
        });
        assertThat(won).containsOnlyOnce(true);
        assertThat(store.load(handle)).containsExactly(won.indexOf(true));
    }

    @Test
    void readersSeeWholeFilesOnlyWhileOthersWriteAndDelete() throws Exception {
        byte[] bytes = bytes(300_000);
        List<Handle> handles = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            handles.add(handle(FileType.INDEX));
        }
        inParallel(4, i -> {
            for (Handle handle : handles) {
                if (i == 0) {
                    store.save(handle, bytes, bytes.length);
                } else if (i == 1) {
                    store.delete(handle);
                } else {
                    lookAt(bytes.length);
                }
            }
            return i;
        });
        for (Entry entry : store.list(FileType.INDEX)) {
            assertThat(store.load(new Handle(FileType.INDEX, entry.name()))).isEqualTo(bytes);
        }
    }

    private void lookAt(int size) throws IOException {
        for (Entry entry : store.list(FileType.INDEX)) {
            assertThat(entry.size()).isEqualTo(size);
            try {
                assertThat(store.load(new Handle(FileType.INDEX, entry.name()))).hasSize(size);
            } catch (NoSuchFileException e) {
                // Deleted since it was listed.
            }
        }
    }

    @Test
    void leftoversOfNobodyAreNone() throws IOException {
        store.save(handle(FileType.DATA), new byte[1], 1);
        assertThat(store.removeLeftovers(Instant.MAX)).isZero();
        assertThat(store.list(FileType.DATA)).hasSize(1);
    }

    interface Task<T> {
        T run(byte number) throws Exception;
    }

    static <T> List<T> inParallel(int threads, Task<T> task) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(threads);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Callable<T>> tasks = new ArrayList<>();
            for (byte i = 0; i < threads; i++) {
                byte number = i;
                tasks.add(() -> {
                    start.await();
                    return task.run(number);
                });
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        }
    }

    Handle handle(FileType type) {
        return type == FileType.CONFIG ? Handle.config() : new Handle(type, name());
    }

    String name() {
        StringBuilder name = new StringBuilder();
        while (name.length() < 64) {
            name.append(String.format("%02x", random.nextInt(256)));
        }
        return name.toString();
    }

    byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
