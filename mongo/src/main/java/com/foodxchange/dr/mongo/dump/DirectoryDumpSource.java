package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A dump in a folder, as mongodump writes it. Files that {@code mongodump --gzip} compressed are read uncompressed,
 * under their names without {@code .gz}. Thread-safe; the folder must not change meanwhile.
 */
public final class DirectoryDumpSource implements DumpSource {
    private static final int CHUNK = 1 << 20;
    private static final String GZIP = ".gz";

    private final Map<String, DumpFile> files;

    private record DumpFile(Path path, boolean gzip, long size) {}

    /** @throws DeploymentException INVALID when there is no such folder, CORRUPT when a file is there twice */
    public DirectoryDumpSource(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DeploymentException(
                    Kind.INVALID, "there is no folder " + folder, "name the folder that mongodump wrote");
        }
        files = list(folder);
    }

    private static Map<String, DumpFile> list(Path folder) throws IOException {
        List<Path> paths;
        // Databases are folders at the root; mongorestore skips what lies deeper, and so do we.
        try (Stream<Path> walk = Files.walk(folder, 2)) {
            paths = walk.filter(Files::isRegularFile).sorted().toList();
        }
        boolean gzipped = paths.stream().anyMatch(path -> path.toString().endsWith(GZIP));
        Map<String, DumpFile> files = new TreeMap<>();
        for (Path path : paths) {
            String name = folder.relativize(path).toString().replace('\\', '/');
            // The oplog of a compressed dump is compressed under its plain name.
            boolean gzip = name.endsWith(GZIP) || (gzipped && name.equals(DumpLayout.OPLOG) && startsAsGzip(path));
            String plainName = name.endsWith(GZIP) ? name.substring(0, name.length() - GZIP.length()) : name;
            long size = gzip ? uncompressedSize(path) : Files.size(path);
            if (files.put(plainName, new DumpFile(path, gzip, size)) != null) {
                throw new DeploymentException(
                        Kind.CORRUPT,
                        "the folder " + folder + " holds " + plainName + " twice, compressed and not",
                        "remove the one that does not belong to this dump");
            }
        }
        return files;
    }

    private static boolean startsAsGzip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.read() == 0x1f && in.read() == 0x8b;
        }
    }

    /** The last four bytes of a gzip file: exact up to 4 GiB, a remainder beyond. */
    private static long uncompressedSize(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            ByteBuffer trailer = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
            channel.read(trailer, Math.max(0, channel.size() - 4));
            return Integer.toUnsignedLong(trailer.getInt(0));
        }
    }

    @Override
    public List<String> paths() {
        return List.copyOf(files.keySet());
    }

    /** For a compressed file its uncompressed length modulo 4 GiB, which is what gzip knows. */
    @Override
    public long size(String path) {
        return find(path).size();
    }

    @Override
    public ChunkStream open(String path) throws IOException {
        DumpFile file = find(path);
        InputStream raw = Files.newInputStream(file.path());
        try {
            return new FileChunks(file.gzip() ? new GZIPInputStream(raw, CHUNK >> 4) : raw);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private DumpFile find(String path) {
        DumpFile file = files.get(path);
        if (file == null) {
            throw new DeploymentException(
                    Kind.CORRUPT, "the dump has no file " + path, "take a complete copy of the dump");
        }
        return file;
    }

    private record FileChunks(InputStream in) implements ChunkStream {
        @Override
        public byte @Nullable [] next() throws IOException {
            byte[] chunk = in.readNBytes(CHUNK);
            return chunk.length == 0 ? null : chunk;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
