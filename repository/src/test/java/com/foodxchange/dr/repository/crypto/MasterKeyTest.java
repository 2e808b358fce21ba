package com.foodxchange.dr.repository.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.generators.SCrypt;
import org.junit.jupiter.api.Test;

class MasterKeyTest {
    @Test
    void comesFromAPasswordAsInRestic() {
        byte[] salt = new byte[64];
        for (int i = 0; i < salt.length; i++) {
            salt[i] = (byte) i;
        }
        MasterKey key = MasterKey.derive("geheim".getBytes(UTF_8), salt, 32768, 8, 1);
        HexFormat hex = HexFormat.of();
        assertThat(hex.formatHex(key.encryption()))
                .isEqualTo("27933cc8ec79b02eb123bc21e60f7e8ef5ba88d8574d1ae4133b74052386d56d");
        assertThat(hex.formatHex(key.macK())).isEqualTo("0347f1e1c7fd8c914a16d64771e18284");
        assertThat(hex.formatHex(key.macR())).isEqualTo("15279e0c00e87d077c47730cdc43740f");
    }

    @Test
    void derivesWhatBouncyCastleDerivesForAllCostsAndLengths() {
        Random random = new Random(9);
        for (int round = 0; round < 40; round++) {
            byte[] password = new byte[random.nextInt(100)];
            byte[] salt = new byte[random.nextInt(80)];
            random.nextBytes(password);
            random.nextBytes(salt);
            int n = 2 << random.nextInt(7);
            int r = 1 + random.nextInt(9);
            int p = 1 + random.nextInt(5);
            int length = 1 + random.nextInt(100);
            assertThat(new Scrypt(n, r, p).derive(password, salt, length))
                    .isEqualTo(SCrypt.generate(password, salt, n, r, p, length));
        }
    }

    @Test
    void refusesKeysThatAreZeroOrHaveTheWrongLength() {
        byte[] good = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
        byte[] encryption = new byte[32];
        encryption[31] = 1;
        new MasterKey(encryption, good, good);
        assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(new byte[32], good, good));
        assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(encryption, new byte[16], good));
        assertThatIllegalArgumentException().isThrownBy(() -> new MasterKey(encryption, good, new byte[15]));
    }
}
