package com.foodxchange.dr.sandbox;

import java.util.Arrays;

/**
 * MongoDB's total order of values: by kind of type first, numbers of all types among each other. Source: the manual's page
 * on comparison and sort order.
 */
final class Order {
    private Order() {}

    /** Where a type's values stand; types with the same rank are compared with each other. */
    static int rank(byte type) {
        return switch (type) {
            case Value.MIN_KEY -> -1;
            case Value.UNDEFINED -> 0;
            case Value.NULL -> 5;
            case Value.DOUBLE, Value.INT32, Value.INT64, Value.DECIMAL128 -> 10;
            case Value.STRING, Value.SYMBOL -> 15;
            case Value.DOCUMENT -> 20;
            case Value.ARRAY -> 25;
            case Value.BINARY -> 30;
            case Value.OBJECT_ID -> 35;
            case Value.BOOLEAN -> 40;
            case Value.DATE -> 45;
            case Value.TIMESTAMP -> 47;
            case Value.REGEX -> 50;
            case Value.DB_POINTER -> 55;
            case Value.CODE -> 60;
            case Value.CODE_WITH_SCOPE -> 65;
            default -> 127;
        };
    }

    static int compare(Value a, Value b) {
        int rank = rank(a.type());
        int ranks = Integer.compare(rank, rank(b.type()));
        if (ranks != 0) {
            return ranks;
        }
        return switch (rank) {
            case 10 -> Numbers.compare(a, b);
            case 15, 60 -> compareBytes(a, 4, b, 4);
            case 20, 25 -> compareElements(a, b);
            case 30 -> compareBinary(a, b);
            case 35, 40 -> compareBytes(a, 0, b, 0);
            case 45 -> Long.compare(a.int64(), b.int64());
            case 47 -> Long.compareUnsigned(a.int64(), b.int64());
            case 50, 65 -> compareBytes(a, 0, b, 0);
            case 55 -> compareSized(a, b);
            default -> 0;
        };
    }

    private static int compareBytes(Value a, int skipA, Value b, int skipB) {
        return Arrays.compareUnsigned(a.bytes(), a.offset() + skipA, a.end(), b.bytes(), b.offset() + skipB, b.end());
    }

    private static int compareSized(Value a, Value b) {
        int lengths = Integer.compare(a.length(), b.length());
        return lengths != 0 ? lengths : compareBytes(a, 0, b, 0);
    }

    /** By length, then subtype, then content. */
    private static int compareBinary(Value a, Value b) {
        int lengths = Integer.compare(a.length(), b.length());
        return lengths != 0 ? lengths : compareBytes(a, 4, b, 4);
    }

    private static int compareElements(Value a, Value b) {
        Fields left = a.fields();
        Fields right = b.fields();
        while (true) {
            boolean more = left.next();
            if (!right.next()) {
                return more ? 1 : 0;
            }
            if (!more) {
                return -1;
            }
            int order = compareElement(left, right);
            if (order != 0) {
                return order;
            }
        }
    }

    private static int compareElement(Fields left, Fields right) {
        int ranks = Integer.compare(rank(left.type()), rank(right.type()));
        if (ranks != 0) {
            return ranks;
        }
        int names = left.compareName(right);
        return names != 0 ? names : compare(left.value(), right.value());
    }
}
