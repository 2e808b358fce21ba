package com.foodxchange.dr.mongo.bson;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Little-endian numbers in byte arrays, as BSON has them. */
public final class Bytes {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    public static int int32(byte[] buffer, int offset) {
        return (int) INT.get(buffer, offset);
    }

    public static long int64(byte[] buffer, int offset) {
        return (long) LONG.get(buffer, offset);
    }

    public static double float64(byte[] buffer, int offset) {
        return Double.longBitsToDouble(int64(buffer, offset));
    }

    public static void putInt32(byte[] buffer, int offset, int value) {
        INT.set(buffer, offset, value);
    }

    public static void putInt64(byte[] buffer, int offset, long value) {
        LONG.set(buffer, offset, value);
    }
}
