package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MessageCipher;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The text of an index file: which pack holds which blobs, and where. */
final class IndexCodec {
    private static final long MAX_OFFSET = 0xffff_ffffL;

    private IndexCodec() {}

    static byte[] write(List<PackBlobs> packs) {
        return JsonWriter.write(json -> {
            json.beginObject().name("packs").beginArray();
            for (PackBlobs pack : packs) {
                json.beginObject().name("id").value(pack.pack());
                json.name("blobs").beginArray();
                pack.blobs().forEach(blob -> writeBlob(blob, json));
                json.endArray().endObject();
            }
            json.endArray().endObject().newLine();
        });
    }

    private static void writeBlob(PackedBlob blob, JsonWriter json) {
        json.beginObject().name("id").value(blob.id());
        json.name("type").value(blob.type().jsonName());
        json.name("offset").value(blob.offset());
        json.name("length").value(blob.length());
        if (blob.uncompressedLength() != 0) {
            json.name("uncompressed_length").value(blob.uncompressedLength());
        }
        json.endObject();
    }

    /** Gives each pack to {@code packs} as soon as it is read, so not all or nothing when this throws. */
    static void read(byte[] text, Consumer<PackBlobs> packs) throws FormatException {
        JsonReader.parse(
                text,
                json -> json.object(member -> {
                    if (member.equals("packs")) {
                        json.array(element -> packs.accept(readPack(json)));
                    } else {
                        json.skip();
                    }
                }));
    }

    static List<PackBlobs> read(byte[] text) throws FormatException {
        List<PackBlobs> packs = new ArrayList<>();
        read(text, packs::add);
        return packs;
    }

    private static PackBlobs readPack(JsonReader json) throws FormatException {
        List<PackedBlob> blobs = new ArrayList<>();
        PackId pack = new PackId();
        json.object(member -> {
            switch (member) {
                case "id" -> pack.id = json.id();
                case "blobs" -> json.array(element -> blobs.add(readBlob(json)));
                default -> json.skip();
            }
        });
        if (pack.id == null) {
            throw new FormatException("a pack without id");
        }
        return new PackBlobs(pack.id, blobs);
    }

    private static PackedBlob readBlob(JsonReader json) throws FormatException {
        Fields blob = new Fields();
        json.object(member -> {
            switch (member) {
                case "id" -> blob.id = json.id();
                case "type" -> blob.type = BlobType.ofJson(json.string());
                case "offset" -> blob.offset = json.number(MAX_OFFSET);
                case "length" -> blob.length = (int) json.number(PackedBlob.MAX_LENGTH);
                case "uncompressed_length" -> blob.uncompressed = (int) json.number(PackedBlob.MAX_LENGTH);
                default -> json.skip();
            }
        });
        return blob.checked();
    }

    private static final class PackId {
        @Nullable
        BlobId id;
    }

    /** A blob as far as it has been read. */
    private static final class Fields {
        @Nullable
        BlobId id;

        @Nullable
        BlobType type;

        long offset;
        int length;
        int uncompressed;

        PackedBlob checked() throws FormatException {
            if (id == null || type == null || length < MessageCipher.OVERHEAD || offset + length > MAX_OFFSET) {
                throw new FormatException("a blob without id, type or possible place");
            }
            return new PackedBlob(type, id, offset, length, uncompressed);
        }
    }
}
