package com.foodxchange.dr.mongo.merge;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Bytes handed out one stretch after the other, addressed by a pointer that stays valid: the segment's number in the
 * upper half, the offset in it in the lower. A stretch never crosses a segment.
 */
final class SegmentedLog {
    private static final int FIRST_SEGMENT = 16 * 1024;
    private static final int LARGEST_SEGMENT = 4 * 1024 * 1024;

    private final SpillStore store;
    private final List<ByteBuffer> segments = new ArrayList<>();
    private final List<Integer> used = new ArrayList<>();
    private int position;

    SegmentedLog(SpillStore store) {
        this.store = store;
    }

    /** Room for {@code bytes} bytes. */
    long allocate(int bytes) throws IOException {
        if (segments.isEmpty() || segments.getLast().capacity() - position < bytes) {
            addSegment(bytes);
        }
        long pointer = (long) (segments.size() - 1) << 32 | position;
        position += bytes;
        used.set(used.size() - 1, position);
        return pointer;
    }

    private void addSegment(int atLeast) throws IOException {
        int size = segments.isEmpty()
                ? FIRST_SEGMENT
                : Math.min(LARGEST_SEGMENT, 2 * segments.getLast().capacity());
        segments.add(store.allocate(Math.max(size, atLeast)));
        used.add(0);
        position = 0;
    }

    ByteBuffer segment(long pointer) {
        return segments.get((int) (pointer >>> 32));
    }

    static int offset(long pointer) {
        return (int) pointer;
    }

    int segments() {
        return segments.size();
    }

    /** How much of a segment is handed out. */
    int used(int segment) {
        return used.get(segment);
    }

    void release() {
        segments.forEach(store::release);
        segments.clear();
        used.clear();
    }
}
