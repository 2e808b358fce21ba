package com.foodxchange.dr.repository;

import com.foodxchange.dr.repository.crypto.MasterKey;
import com.foodxchange.dr.repository.crypto.MessageCipher;
import com.foodxchange.dr.repository.store.BlobStore.FileType;
import com.foodxchange.dr.repository.store.BlobStore.Handle;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;

/**
 * A file in {@code keys/}: the master key, encrypted with a key that a password gives. There is one for each password.
 *
 * @param n cost of scrypt, a power of two; it takes {@code 128 * n * r} bytes of memory
 * @param salt in Base64
 * @param data the encrypted master key in Base64
 */
record KeyFile(Instant created, String username, String hostname, int n, int r, int p, String salt, String data) {
    /** What restic chooses on a machine of today: about half a second, 32 MiB. */
    static final int N = 1 << 15;

    private static final int R = 8;
    private static final int P = 4;
    private static final int SALT_BYTES = 64;
    private static final long MAX_MEMORY = 1L << 30;

    /** Wraps the master key with the password. */
    static KeyFile create(MasterKey master, char[] password, Instant created) {
        return create(master, password, created, N);
    }

    /** Wraps the master key at another cost, which only tests should choose. */
    static KeyFile create(MasterKey master, char[] password, Instant created, int n) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        byte[] data = new MessageCipher(derive(password, salt, n, R, P)).seal(write(master));
        return new KeyFile(created, Machine.user(), Machine.host(), n, R, P, base64(salt), base64(data));
    }

    /**
     * The master key.
     *
     * @throws AEADBadTagException if the password is not the one that this file is for
     */
    MasterKey open(char[] password) throws AEADBadTagException, FormatException {
        return readMaster(new MessageCipher(derive(password, bytes(salt), n, r, p)).open(bytes(data)));
    }

    private static MasterKey derive(char[] password, byte[] salt, int n, int r, int p) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        try {
            return MasterKey.derive(bytes, salt, n, r, p);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static byte[] write(MasterKey master) {
        return JsonWriter.write(json -> json.beginObject()
                .name("mac")
                .beginObject()
                .name("k")
                .value(base64(master.macK()))
                .name("r")
                .value(base64(master.macR()))
                .endObject()
                .name("encrypt")
                .value(base64(master.encryption()))
                .endObject());
    }

    private static MasterKey readMaster(byte[] text) throws FormatException {
        byte[][] parts = new byte[3][0];
        JsonReader.parse(
                text,
                json -> json.object(member -> {
                    switch (member) {
                        case "mac" ->
                            json.object(part -> {
                                switch (part) {
                                    case "k" -> parts[1] = json.base64();
                                    case "r" -> parts[2] = json.base64();
                                    default -> json.skip();
                                }
                            });
                        case "encrypt" -> parts[0] = json.base64();
                        default -> json.skip();
                    }
                }));
        try {
            return new MasterKey(parts[0], parts[1], parts[2]);
        } catch (IllegalArgumentException e) {
            throw new FormatException("it holds no usable key", e);
        }
    }

    /** Where the file is. */
    Handle handle() {
        byte[] text = write();
        return new Handle(FileType.KEY, Sha256.hash(text, 0, text.length).hex());
    }

    /** The text of the file. */
    byte[] write() {
        return JsonWriter.write(json -> json.beginObject()
                .name("created")
                .value(created)
                .name("username")
                .value(username)
                .name("hostname")
                .value(hostname)
                .name("kdf")
                .value("scrypt")
                .name("N")
                .value(n)
                .name("r")
                .value(r)
                .name("p")
                .value(p)
                .name("salt")
                .value(salt)
                .name("data")
                .value(data)
                .endObject());
    }

    static KeyFile read(byte[] text) throws FormatException {
        Fields key = new Fields();
        JsonReader.parse(
                text,
                json -> json.object(member -> {
                    switch (member) {
                        case "created" -> key.created = GoTime.parse(json.string());
                        case "username" -> key.username = json.string();
                        case "hostname" -> key.hostname = json.string();
                        case "kdf" -> key.kdf = json.string();
                        case "N" -> key.n = (int) json.number(Integer.MAX_VALUE);
                        case "r" -> key.r = (int) json.number(1 << 16);
                        case "p" -> key.p = (int) json.number(1 << 10);
                        case "salt" -> key.salt = json.base64();
                        case "data" -> key.data = json.base64();
                        default -> json.skip();
                    }
                }));
        return key.checked();
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** A key file as far as it has been read. */
    private static final class Fields {
        Instant created = Instant.EPOCH;
        String username = "";
        String hostname = "";
        String kdf = "";
        int n;
        int r;
        int p;
        byte[] salt = {};
        byte[] data = {};

        KeyFile checked() throws FormatException {
            if (!kdf.equals("scrypt")) {
                throw new FormatException("it uses the unknown key derivation \"" + kdf + "\"");
            }
            if (n < 2 || Integer.bitCount(n) != 1 || r < 1 || p < 1 || 128L * n * r > MAX_MEMORY) {
                throw new FormatException("it has impossible scrypt parameters " + n + ", " + r + ", " + p);
            }
            if (salt.length != SALT_BYTES) {
                throw new FormatException("it has a salt of " + salt.length + " bytes instead of " + SALT_BYTES);
            }
            return new KeyFile(created, username, hostname, n, r, p, base64(salt), base64(data));
        }
    }
}
