package com.foodxchange.dr.repository.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageCipherTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final MasterKey KEY = new MasterKey(
            HEX.parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
            HEX.parseHex("202122232425262728292a2b2c2d2e2f"),
            HEX.parseHex("303132333435363738393a3b3c3d3e3f"));

    @ParameterizedTest
    @CsvSource({
        "6465666768696a6b6c6d6e6f70717273, hello restic, fbbd7d4cd900c9280df9d6c858e56bd8f317b99c973f6529be353193",
        "6465666768696a6b6c6d6e6f70717273, '', 904414197d3fca3109f4c2d979122a8b",
    })
    void sealsAsResticDoes(String nonce, String plain, String sealed) {
        assertThat(seal(HEX.parseHex(nonce), plain.getBytes(UTF_8))).isEqualTo(nonce + sealed);
    }

    @Test
    void countsOverAllBitsOfTheNonce() {
        byte[] nonce = new byte[16];
        Arrays.fill(nonce, (byte) 0xff);
        assertThat(seal(nonce, new byte[40]))
                .isEqualTo(HEX.formatHex(nonce)
                        + "e999e41d4ca770da5387117b5d8f57eef29000b62a499fd0a9f39a6add2e7780f05d76ae4ab99fe5"
                        + "d0be0483b21136f443045e0f86b34cc5");
    }

    private static String seal(byte[] nonce, byte[] plain) {
        byte[] out = new byte[plain.length + MessageCipher.OVERHEAD];
        assertThat(new MessageCipher(KEY).seal(nonce, plain, 0, plain.length, out, 0))
                .isEqualTo(out.length);
        return HEX.formatHex(out);
    }

    @Test
    void opensWhatItSealedAndNothingElse() throws Exception {
        Random random = new Random(7);
        MessageCipher cipher = new MessageCipher(MasterKey.random());
        for (int length = 0; length < 70; length++) {
            byte[] plain = new byte[length];
            random.nextBytes(plain);
            byte[] sealed = cipher.seal(plain);
            assertThat(cipher.open(sealed)).isEqualTo(plain);
            sealed[random.nextInt(sealed.length)] ^= (byte) (1 << random.nextInt(8));
            assertThatExceptionOfType(AEADBadTagException.class).isThrownBy(() -> cipher.open(sealed));
        }
    }

    @Test
    void refusesWhatIsTooShortForAMessage() {
        assertThatExceptionOfType(AEADBadTagException.class)
                .isThrownBy(() -> new MessageCipher(KEY).open(new byte[MessageCipher.OVERHEAD - 1]));
    }

    @Test
    void authenticatesAsBouncyCastleDoesIncludingTheCarriesOfExtremeBytes() {
        Random random = new Random(8);
        for (int round = 0; round < 3_000; round++) {
            byte[] r = randomOrExtreme(random, 16);
            byte[] k = randomOrExtreme(random, 16);
            byte[] nonce = randomOrExtreme(random, 16);
            byte[] message = randomOrExtreme(random, random.nextInt(200));
            byte[] pad = new byte[16];
            BlockCipher aes = AESEngine.newInstance();
            aes.init(true, new KeyParameter(k));
            aes.processBlock(nonce, 0, pad, 0);
            byte[] tag = new byte[16];
            new Poly1305(r).tag(message, 0, message.length, pad, tag);
            assertThat(tag).isEqualTo(tagOfBouncyCastle(r, k, nonce, message));
        }
    }

    private static byte[] tagOfBouncyCastle(byte[] r, byte[] k, byte[] nonce, byte[] message) {
        org.bouncycastle.crypto.macs.Poly1305 mac = new org.bouncycastle.crypto.macs.Poly1305(AESEngine.newInstance());
        byte[] key = Arrays.copyOf(r, 32);
        System.arraycopy(k, 0, key, 16, 16);
        mac.init(new ParametersWithIV(new KeyParameter(key), nonce));
        mac.update(message, 0, message.length);
        byte[] tag = new byte[16];
        mac.doFinal(tag, 0);
        return tag;
    }

    private static byte[] randomOrExtreme(Random random, int length) {
        byte[] bytes = new byte[length];
        switch (random.nextInt(3)) {
            case 0 -> Arrays.fill(bytes, (byte) 0xff);
            case 1 -> {
                Arrays.fill(bytes, (byte) 0xff);
                for (int i = 0; i < length; i += 1 + random.nextInt(16)) {
                    bytes[i] = (byte) random.nextInt();
                }
            }
            default -> random.nextBytes(bytes);
        }
        return bytes;
    }
}
