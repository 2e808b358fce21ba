package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.RepositoryLock.Mode;
import com.foodxchange.dr.repository.store.BlobStore.Entry;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocksTest {
    private final MemoryBlobStore store = new MemoryBlobStore();
    private final Repository repository = Repositories.on(store);
    private final RepositoryFiles files = repository.files();

    private void writeLock(Instant time, boolean exclusive, String host, long pid) throws Exception {
        files.save(FileType.LOCK, new LockFile(time, exclusive, host, "ann", pid).write());
    }

    private void assertLocked(Mode mode, String... parts) {
        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> repository.lock(mode))
                .matches(e -> e.kind() == Kind.LOCKED)
                .withMessageContainingAll(parts);
    }

    @Test
    void letSeveralShareAndOneExclude() throws Exception {
        try (RepositoryLock first = repository.lock(Mode.SHARED);
                RepositoryLock second = repository.lock(Mode.SHARED)) {
            assertThat(store.list(FileType.LOCK)).hasSize(2);
            assertLocked(Mode.EXCLUSIVE, Machine.host(), String.valueOf(Machine.pid()));
            first.requireHeld();
            second.requireHeld();
        }
        try (RepositoryLock exclusive = repository.lock(Mode.EXCLUSIVE)) {
            assertLocked(Mode.SHARED, "exclusively");
            assertLocked(Mode.EXCLUSIVE, "exclusively");
            exclusive.requireHeld();
        }
        assertThat(store.list(FileType.LOCK)).isEmpty();
    }

    @Test
    void ofTheDeadAndTheSilentCountUntilTheyAreRemoved() throws Exception {
        Instant now = Instant.now();
        writeLock(now.minus(Duration.ofHours(3)), true, "elsewhere", 12);
        assertLocked(Mode.SHARED, "ann@elsewhere", "180 min");
        writeLock(now, false, Machine.host(), Long.MAX_VALUE >> 33);
        writeLock(now, false, "elsewhere", 13);
        assertThat(repository.unlock()).isEqualTo(2);
        assertThat(store.list(FileType.LOCK)).hasSize(1);
        repository.lock(Mode.SHARED).close();
    }

    @Test
    void thatAreTornKeepNobodyAway() throws Exception {
        store.save(new Handle(FileType.LOCK, "ab".repeat(32)), new byte[0], 0);
        repository.lock(Mode.EXCLUSIVE).close();
    }

    @Test
    void areRefreshedByANewFileInPlaceOfTheOld() throws Exception {
        try (RepositoryLock lock = repository.lock(Mode.EXCLUSIVE)) {
            List<Entry> before = store.list(FileType.LOCK);
            lock.refresh();
            List<Entry> after = store.list(FileType.LOCK);
            assertThat(after).hasSize(1).doesNotContainAnyElementsOf(before);
            lock.requireHeld();
        }
        assertThat(store.list(FileType.LOCK)).isEmpty();
    }

    @Test
    void haveTheTextOfRestic() throws Exception {
        LockFile lock = new LockFile(Instant.parse("2024-01-02T03:04:05.5Z"), true, "host", "ann", 7);
        assertThat(new String(lock.write(), StandardCharsets.UTF_8))
                .isEqualTo("{\"time\":\"2024-01-02T03:04:05.5Z\",\"exclusive\":true,\"hostname\":\"host\","
                        + "\"username\":\"ann\",\"pid\":7}");
        assertThat(LockFile.read(lock.write())).isEqualTo(lock);
    }
}
