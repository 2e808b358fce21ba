package com.foodxchange.dr.mongo;

import com.github.luben.zstd.ZstdInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.bson.BsonDocument;
import org.bson.BsonTimestamp;

/**
 * What a real MongoDB server did: the databases before a workload ({@code initial/}), every oplog entry of it
 * ({@code oplog.bson}), and the databases after it ({@code final/}).
 */
public record Recording(String name, Path directory) {
    private static final int BLOCK = 512;

    public static final List<String> NAMES = List.of("mongod-4.2", "mongod-4.9");

    /** Unpacks the recording into {@code parent}. */
    public static Recording unpack(String name, Path parent) throws IOException {
        try (InputStream packed = Objects.requireNonNull(
                        Recording.class.getResourceAsStream("/recordings/" + name + ".tar.zst"));
                DataInputStream tar = new DataInputStream(new ZstdInputStream(packed))) {
            unpack(tar, parent);
        }
        return new Recording(name, parent.resolve(name));
    }

    private static void unpack(DataInputStream tar, Path parent) throws IOException {
        byte[] header = new byte[BLOCK];
        String longName = "";
        while (tar.readNBytes(header, 0, BLOCK) == BLOCK && header[0] != 0) {
            int size = Integer.parseInt(text(header, 124, 12).trim(), 8);
            byte[] content = tar.readNBytes(size);
            tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
            String prefix = text(header, 345, 155);
            String path = longName.isEmpty() ? (prefix.isEmpty() ? "" : prefix + "/") + text(header, 0, 100) : longName;
            longName = "";
            switch (header[156]) {
                case 'L' -> longName = text(content, 0, size);
                case '0', 0 -> {
                    Path file = parent.resolve(path);
                    Files.createDirectories(Objects.requireNonNull(file.getParent()));
                    Files.write(file, content);
                }
                default -> {}
            }
        }
    }

    private static String text(byte[] bytes, int offset, int length) {
        int end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, StandardCharsets.UTF_8);
    }

    /** The state before the workload. */
    public Path before() {
        return directory.resolve("initial");
    }

    /** The state after the workload. */
    public Path after() {
        return directory.resolve("final");
    }

    public Path oplog() {
        return directory.resolve("oplog.bson");
    }

    /** The last entry before the workload. */
    public BsonTimestamp from() throws IOException {
        BsonDocument from = BsonDocument.parse(Files.readString(directory.resolve("range.json")))
                .getDocument("from");
        return new BsonTimestamp(
                (int) from.getNumber("t").longValue(), from.getNumber("i").intValue());
    }
}
