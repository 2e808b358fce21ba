package com.foodxchange.dr.acceptance;

import com.foodxchange.dr.mongo.dump.ChunkStream;
import com.foodxchange.dr.mongo.dump.DirectoryDumpSink;
import com.foodxchange.dr.mongo.dump.DirectoryDumpSource;
import com.foodxchange.dr.mongo.dump.DumpSink;
import com.foodxchange.dr.repository.BlobStream;
import com.foodxchange.dr.repository.FileEntry;
import com.foodxchange.dr.repository.Repository;
import com.foodxchange.dr.repository.SnapshotAttributes;
import com.foodxchange.dr.repository.SnapshotReader;
import com.foodxchange.dr.repository.SnapshotWriter;
import com.foodxchange.dr.repository.store.LocalBlobStore;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The repository against restic, as whole processes, in turns: the same dump tree into a new repository, and out of it
 * again. Ours runs with 512 MiB of heap, its JVM's start included.
 */
final class RepositoryBenchmark {
    private static final String PASSWORD = "benchmark";
    private static final int ROUNDS = 3;

    private final Path directory;
    private final Path dump;

    RepositoryBenchmark(Path directory) {
        this.directory = directory;
        this.dump = directory.resolve("dump");
    }

    void run(int documents, PrintStream out) throws IOException, InterruptedException {
        new SampleDump(1).write(dump, documents);
        out.printf("%-9s %10s %10s %7s %12s %12s%n", "", "restic", "ours", "ratio", "restic size", "our size");
        for (int round = 0; round < ROUNDS; round++) {
            Path theirs = directory.resolve("restic-" + round);
            Path ours = directory.resolve("ours-" + round);
            runRestic(theirs, "init");
            double resticBackup = runRestic(theirs, "backup", dump.toString());
            double ourBackup = runOurs("write", ours, dump);
            out.printf(
                    "%-9s %8.2f s %8.2f s %7.2f %9d MB %9d MB%n",
                    "backup", resticBackup, ourBackup, ourBackup / resticBackup, size(theirs) >> 20, size(ours) >> 20);
            Path theirCopy = directory.resolve("restic-copy");
            Path ourCopy = directory.resolve("our-copy");
            double resticRestore = runRestic(theirs, "restore", "latest", "--target", theirCopy.toString());
            double ourRestore = runOurs("read", ours, ourCopy);
            out.printf(
                    "%-9s %8.2f s %8.2f s %7.2f%n", "restore", resticRestore, ourRestore, ourRestore / resticRestore);
            for (Path done : List.of(theirs, ours, theirCopy, ourCopy)) {
                delete(done);
            }
        }
    }

    private static double runRestic(Path repository, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("restic", "-q", "--no-cache", "-r", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("RESTIC_PASSWORD", PASSWORD);
        return time(builder);
    }

    private static double runOurs(String what, Path repository, Path tree) throws IOException, InterruptedException {
        String java = ProcessHandle.current().info().command().orElse("java");
        return time(new ProcessBuilder(
                java,
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                RepositoryBenchmark.class.getName(),
                what,
                repository.toString(),
                tree.toString()));
    }

    /** Seconds. */
    private static double time(ProcessBuilder builder) throws IOException, InterruptedException {
        long start = System.nanoTime();
        int exit = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException(builder.command().getFirst() + " ended with " + exit);
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static long size(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** The child process: {@code write REPOSITORY TREE} or {@code read REPOSITORY TREE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        LocalBlobStore store = new LocalBlobStore(Path.of(arguments[1]));
        Path tree = Path.of(arguments[2]);
        if (arguments[0].equals("write")) {
            write(store, tree);
        } else {
            read(store, tree);
        }
    }

    private static void write(LocalBlobStore store, Path tree) throws IOException, InterruptedException {
        DirectoryDumpSource source = new DirectoryDumpSource(tree);
        try (Repository repository = Repository.init(store, PASSWORD.toCharArray());
                SnapshotWriter writer = repository.newSnapshot()) {
            for (String path : source.paths()) {
                try (SnapshotWriter.PartWriter part = writer.create(path).nextPart();
                        ChunkStream chunks = source.open(path)) {
                    for (byte[] chunk = chunks.next(); chunk != null; chunk = chunks.next()) {
                        part.write(chunk, chunk.length);
                    }
                }
            }
            writer.commit(
                    new SnapshotAttributes(Instant.now(), "benchmark", List.of("/dr/benchmark"), List.of(), null));
        }
    }

    private static void read(LocalBlobStore store, Path tree) throws IOException, InterruptedException {
        DirectoryDumpSink sink = new DirectoryDumpSink(tree);
        try (Repository repository = Repository.open(store, PASSWORD.toCharArray())) {
            SnapshotReader reader =
                    repository.read(repository.snapshots().snapshots().getLast());
            for (FileEntry file : reader.files()) {
                try (DumpSink.Part part = sink.create(file.path()).nextPart();
                        BlobStream blobs = reader.open(file.path())) {
                    for (byte[] blob = blobs.next(); blob != null; blob = blobs.next()) {
                        part.write(blob, blob.length);
                    }
                }
            }
            sink.complete();
        }
    }
}
