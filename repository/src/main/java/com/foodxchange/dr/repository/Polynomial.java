package com.foodxchange.dr.repository;

import java.security.SecureRandom;

/**
 * Polynomials over GF(2), bit {@code i} the coefficient of {@code x^i}. A repository has a random irreducible one of
 * degree 53, which restic cuts files with; it refuses to open a repository whose polynomial is reducible.
 */
final class Polynomial {
    private static final int DEGREE = 53;

    private Polynomial() {}

    /** A random irreducible polynomial of degree 53. */
    static long random(SecureRandom random) {
        while (true) {
            long candidate = (random.nextLong() & ((1L << DEGREE) - 1)) | (1L << DEGREE) | 1;
            if (isIrreducible(candidate)) {
                return candidate;
            }
        }
    }

    /** Ben-Or's test: no common factor with {@code x^(2^i) - x} for {@code i} up to half the degree. */
    static boolean isIrreducible(long polynomial) {
        int degree = degree(polynomial);
        if (degree < 1) {
            return false;
        }
        long power = 2;
        for (int i = 1; i <= degree / 2; i++) {
            power = multiply(power, power, polynomial);
            if (degree(gcd(polynomial, power ^ 2)) > 0) {
                return false;
            }
        }
        return true;
    }

    private static int degree(long polynomial) {
        return 63 - Long.numberOfLeadingZeros(polynomial);
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, mod(a, b));
    }

    private static long mod(long a, long modulus) {
        long rest = a;
        for (int shift = degree(rest) - degree(modulus); shift >= 0; shift = degree(rest) - degree(modulus)) {
            rest ^= modulus << shift;
        }
        return rest;
    }

    /** {@code a * b mod modulus} for {@code a}, {@code b} below the modulus and a modulus of degree below 63. */
    private static long multiply(long a, long b, long modulus) {
        long top = 1L << degree(modulus);
        long product = 0;
        long shifted = a;
        for (long rest = b; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                product ^= shifted;
            }
            shifted <<= 1;
            if ((shifted & top) != 0) {
                shifted ^= modulus;
            }
        }
        return product;
    }
}
