package com.foodxchange.dr.repository.store;

import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A process of its own that saves file after file until it is killed or a save fails. */
final class SavingProcess {
    private SavingProcess() {}

    /** Arguments: folder, size of each file, seed. Prints each name once its file is durable. */
    public static void main(String[] args) {
        Random random = new Random(Long.parseLong(args[2]));
        try (BlobStore store = new LocalBlobStore(Path.of(args[0]))) {
            while (true) {
                byte[] bytes = new byte[Integer.parseInt(args[1])];
                random.nextBytes(bytes);
                String name = sha256(bytes);
                store.save(new Handle(FileType.DATA, name), bytes, bytes.length);
                System.out.println(name);
            }
        } catch (IOException e) {
            System.out.println(e);
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Process start(String shellPrefix, Path folder, int size, int seed) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                "sh",
                "-c",
                shellPrefix + "exec \"$0\" \"$@\"",
                java,
                "-Xshare:auto",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                SavingProcess.class.getName(),
                folder.toString(),
                String.valueOf(size),
                String.valueOf(seed));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
