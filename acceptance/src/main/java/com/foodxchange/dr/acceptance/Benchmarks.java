package com.foodxchange.dr.acceptance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the benchmarks: {@code merge}, {@code repository}, or both when none is named. */
public final class Benchmarks {
    private static final int DOCUMENTS = 3_000_000;
    private static final int CHANGES = 1_000_000;

    private Benchmarks() {}

    /** Arguments: a folder for the data, then optionally the name of one benchmark, then a number of documents. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        String only = arguments.length > 1 ? arguments[1] : "";
        int documents = arguments.length > 2 ? Integer.parseInt(arguments[2]) : DOCUMENTS;
        Path folder = Files.createTempDirectory(Path.of(arguments[0]), "dr-bench-");
        try {
            run(folder, only, documents, out);
        } finally {
            RepositoryBenchmark.delete(folder);
        }
    }

    private static void run(Path folder, String only, int documents, PrintStream out)
            throws IOException, InterruptedException {
        if (only.isEmpty() || only.equals("merge")) {
            new MergeBenchmark(folder.resolve("merge"), documents, CHANGES).run(out);
        }
        if (only.isEmpty() || only.equals("repository")) {
            new RepositoryBenchmark(folder.resolve("repository")).run(documents, out);
        }
    }
}
