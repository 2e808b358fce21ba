package com.foodxchange.dr.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.foodxchange.dr.repository.RepositoryException.Kind;
import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import com.foodxchange.dr.repository.store.MemoryBlobStore;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RepositoryOpeningTest {
    private final MemoryBlobStore store = new MemoryBlobStore();

    private static void assertFails(Kind kind, ThrowingCallable action) {
        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(action)
                .matches(e -> e.kind() == kind, kind.toString())
                .matches(e -> !e.hint().isEmpty());
    }

    @Test
    void takesAnyOfItsPasswordsAndNoOther() {
        Repository made = Repository.init(store, "first".toCharArray());
        made.addPassword("sécond".toCharArray());
        assertThat(made.id()).hasSize(64);
        assertThat(Repository.open(store, "first".toCharArray()).id()).isEqualTo(made.id());
        assertThat(Repository.open(store, "sécond".toCharArray()).id()).isEqualTo(made.id());
        assertFails(Kind.WRONG_PASSWORD, () -> Repository.open(store, "third".toCharArray()));
    }

    @Test
    void refusesToMakeARepositoryWhereOneIsOrWas() throws Exception {
        assertFails(Kind.INVALID, () -> Repository.init(store, new char[0]));
        assertFails(Kind.NO_REPOSITORY, () -> Repository.open(store, "p".toCharArray()));
        Repository.init(store, "p".toCharArray());
        assertFails(Kind.EXISTS, () -> Repository.init(store, "p".toCharArray()));
        store.save(new Handle(FileType.DATA, "ab".repeat(32)), new byte[] {1}, 1);
        store.delete(Handle.config());
        assertFails(Kind.EXISTS, () -> Repository.init(store, "p".toCharArray()));
        assertThat(store.list(FileType.KEY)).hasSize(1);
    }

    @Test
    void startsOverWhereMakingARepositoryWasInterrupted() {
        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> Repository.init(new FaultyBlobStore(store, 5), "p".toCharArray()));
        Repository made = Repository.init(store, "p".toCharArray());
        assertThat(Repository.open(store, "p".toCharArray()).id()).isEqualTo(made.id());
    }

    @Test
    void belongsToOneOfTwoProcessesThatMakeItAtTheSameTime() throws Exception {
        for (int round = 0; round < 20; round++) {
            MemoryBlobStore contended = new MemoryBlobStore();
            List<Future<Repository>> attempts = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
                for (int i = 0; i < 2; i++) {
                    attempts.add(threads.submit(() -> new RepositoryOpening(contended).init("p".toCharArray(), 2)));
                }
            }
            List<String> made = new ArrayList<>();
            for (Future<Repository> attempt : attempts) {
                try {
                    made.add(attempt.get().id());
                } catch (ExecutionException e) {
                    assertThat(e.getCause())
                            .isInstanceOfSatisfying(
                                    RepositoryException.class,
                                    failure -> assertThat(failure.kind()).isEqualTo(Kind.EXISTS));
                }
            }
            assertThat(made).hasSize(1);
            assertThat(Repository.open(contended, "p".toCharArray()).id()).isEqualTo(made.getFirst());
        }
    }

    @Test
    void ofAnOlderVersionIsReadButNotWritten() throws Exception {
        Repository old = new Repository(store, MasterKey.random(), new Config(1, "ab".repeat(32), 0));
        assertThat(old.snapshots().snapshots()).isEmpty();
        assertFails(Kind.INVALID, old::newSnapshot);
        assertThat(store.list(FileType.LOCK)).isEmpty();
    }

    @Test
    void saysWhenItsFilesAreDamaged() throws Exception {
        Repository.init(store, "p".toCharArray());
        byte[] config = store.load(Handle.config());
        config[20] ^= 1;
        store.delete(Handle.config());
        store.save(Handle.config(), config, config.length);
        assertFails(Kind.DAMAGED, () -> Repository.open(store, "p".toCharArray()));
        Handle key =
                new Handle(FileType.KEY, store.list(FileType.KEY).getFirst().name());
        store.delete(key);
        assertFails(Kind.DAMAGED, () -> Repository.open(store, "p".toCharArray()));
        byte[] costly = "{\"kdf\":\"scrypt\",\"N\":1073741824,\"r\":8,\"p\":1}".getBytes(StandardCharsets.UTF_8);
        store.save(key, costly, costly.length);
        assertFails(Kind.DAMAGED, () -> Repository.open(store, "p".toCharArray()));
    }
}
