package com.foodxchange.dr.sandbox;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.bson.types.Decimal128;

/** Numbers of the four types, compared and computed as the server does. */
final class Numbers {
    private static final long EXACT = 1L << 53;

    private Numbers() {}

    static int compare(Value a, Value b) {
        byte left = a.type();
        byte right = b.type();
        if (left == Value.DECIMAL128 || right == Value.DECIMAL128) {
            return compareDecimal(a, b);
        }
        if (left == Value.DOUBLE) {
            return right == Value.DOUBLE
                    ? compareDoubles(a.float64(), b.float64())
                    : compareMixed(a.float64(), b.number());
        }
        return right == Value.DOUBLE ? -compareMixed(b.float64(), a.number()) : Long.compare(a.number(), b.number());
    }

    /** NaN is the smallest number and equal to itself; both zeros are the same. */
    private static int compareDoubles(double a, double b) {
        if (a < b) {
            return -1;
        }
        if (a > b) {
            return 1;
        }
        if (a == b) {
            return 0;
        }
        return Boolean.compare(Double.isNaN(b), Double.isNaN(a));
    }

    private static int compareMixed(double a, long b) {
        if (b >= -EXACT && b <= EXACT) {
            return compareDoubles(a, (double) b);
        }
        if (Double.isNaN(a) || a < -0x1p63) {
            return -1;
        }
        if (a >= 0x1p63) {
            return 1;
        }
        // b is so large that a has no fraction where the two are close
        return Long.compare((long) a, b);
    }

    private static int compareDecimal(Value a, Value b) {
        if (a.isNan() || b.isNan()) {
            return Boolean.compare(b.isNan(), a.isNan());
        }
        int infinity = Integer.compare(infinity(a), infinity(b));
        if (infinity != 0 || infinity(a) != 0) {
            return infinity;
        }
        return big(a).compareTo(big(b));
    }

    private static int infinity(Value value) {
        if (value.type() == Value.DECIMAL128) {
            Decimal128 decimal = value.decimal();
            return decimal.isInfinite() ? (decimal.isNegative() ? -1 : 1) : 0;
        }
        double number = value.type() == Value.DOUBLE ? value.float64() : 0;
        return Double.isInfinite(number) ? (number < 0 ? -1 : 1) : 0;
    }

    /** Any finite number, exactly. */
    static BigDecimal big(Value value) {
        return switch (value.type()) {
            case Value.DOUBLE -> new BigDecimal(value.float64());
            case Value.DECIMAL128 -> big(value.decimal());
            default -> BigDecimal.valueOf(value.number());
        };
    }

    /** Negative zero has no BigDecimal. */
    static BigDecimal big(Decimal128 decimal) {
        boolean zero = decimal.getLow() == 0 && (decimal.getHigh() & 0x1FFFFFFFFFFFFL) == 0;
        return zero ? BigDecimal.ZERO : decimal.bigDecimalValue();
    }

    static double toDouble(Decimal128 decimal) {
        if (decimal.isNaN()) {
            return Double.NaN;
        }
        if (decimal.isInfinite()) {
            return decimal.isNegative() ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        return big(decimal).doubleValue();
    }

    static Value add(Value a, Value b) {
        return compute(a, b, true);
    }

    static Value multiply(Value a, Value b) {
        return compute(a, b, false);
    }

    /** The widest type of the two; 32-bit integers grow into 64 bits, 64-bit ones may not overflow. */
    private static Value compute(Value a, Value b, boolean sum) {
        if (a.type() == Value.DECIMAL128 || b.type() == Value.DECIMAL128) {
            return decimal(a, b, sum);
        }
        if (a.type() == Value.DOUBLE || b.type() == Value.DOUBLE) {
            return Value.of(sum ? a.toDouble() + b.toDouble() : a.toDouble() * b.toDouble());
        }
        BigInteger left = BigInteger.valueOf(a.number());
        BigInteger right = BigInteger.valueOf(b.number());
        BigInteger result = sum ? left.add(right) : left.multiply(right);
        if (a.type() == Value.INT32 && b.type() == Value.INT32 && result.bitLength() < 32) {
            return Value.of(result.intValue());
        }
        if (result.bitLength() >= 64) {
            throw CommandException.badValue("Failed to apply " + (sum ? "$inc" : "$mul")
                    + " operations to current value (" + a + ") since the result does not fit into 64 bits");
        }
        return Value.of(result.longValue());
    }

    private static Value decimal(Value a, Value b, boolean sum) {
        if (a.isNan() || b.isNan() || infinity(a) != 0 || infinity(b) != 0) {
            double result = sum ? a.toDouble() + b.toDouble() : a.toDouble() * b.toDouble();
            return Value.of(
                    Double.isNaN(result)
                            ? Decimal128.NaN
                            : result < 0 ? Decimal128.NEGATIVE_INFINITY : Decimal128.POSITIVE_INFINITY);
        }
        BigDecimal left = rounded(a);
        BigDecimal right = rounded(b);
        return Value.of(new Decimal128((sum ? left.add(right) : left.multiply(right)).round(MathContext.DECIMAL128)));
    }

    /** The server turns a double into a decimal of 15 digits before it computes with it. */
    private static BigDecimal rounded(Value value) {
        return value.type() == Value.DOUBLE ? big(value).round(new MathContext(15)) : big(value);
    }
}
