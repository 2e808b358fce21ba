package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.crypto.MessageCipher;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code config}: encrypted JSON, never compressed.
 *
 * @param id 64 hex digits
 * @param polynomial what restic cuts files with
 */
record Config(int version, String id, long polynomial) {
    static final int VERSION = 2;

    static Config random() {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[BlobId.BYTES];
        random.nextBytes(id);
        return new Config(VERSION, HexFormat.of().formatHex(id), Polynomial.random(random));
    }

    byte[] seal(MasterKey key) {
        return new MessageCipher(key)
                .seal(JsonWriter.write(json -> json.beginObject()
                        .name("version")
                        .value(version)
                        .name("id")
                        .value(id)
                        .name("chunker_polynomial")
                        .value(Long.toHexString(polynomial))
                        .endObject()));
    }

    static Config open(byte[] sealed, MasterKey key) throws FormatException {
        Fields config = new Fields();
        try {
            JsonReader.parse(
                    new MessageCipher(key).open(sealed),
                    json -> json.object(member -> {
                        switch (member) {
                            case "version" -> config.version = (int) json.number(Integer.MAX_VALUE);
                            case "id" -> config.id = json.string();
                            case "chunker_polynomial" -> config.polynomial = polynomial(json.string());
                            default -> json.skip();
                        }
                    }));
        } catch (AEADBadTagException e) {
            throw new FormatException("it was not encrypted with the key of this repository", e);
        }
        if (config.id == null) {
            throw new FormatException("it has no id");
        }
        return new Config(config.version, config.id, config.polynomial);
    }

    private static long polynomial(String hex) throws FormatException {
        try {
            return Long.parseUnsignedLong(hex, 16);
        } catch (NumberFormatException e) {
            throw new FormatException("it has a polynomial that is no number", e);
        }
    }

    private static final class Fields {
        int version;

        @Nullable
        String id;

        long polynomial;
    }
}
