/** Encryption as restic does it: AES-256-CTR, Poly1305-AES over the ciphertext, scrypt for passwords. */
@NullMarked
package com.foodxchange.dr.repository.crypto;

import org.jspecify.annotations.NullMarked;
