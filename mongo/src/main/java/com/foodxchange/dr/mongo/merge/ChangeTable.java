package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.bson.BsonBuffer;
import com.foodxchange.dr.mongo.bson.IdKey;
import com.foodxchange.dr.mongo.bson.UpdateApplier;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * What the oplog makes of the documents of one collection: for each {@code _id} either its final document, or that it is
 * removed, or the updates that the document in the base has yet to take.
 *
 * <p>A hash table leads from an {@code _id} to a <em>head</em>: kind, flags, and where the payload lies. Heads stand in
 * the order in which they were made, which is the order of insertion; a document that is inserted again gets a new head
 * and the old one is dead. Payloads lie apart and are overwritten in place where they fit, so that a document which
 * changes a million times takes the room of one.
 *
 * <p>Written by one thread; afterwards readable by many at a time.
 */
final class ChangeTable {
    /** What a head says of its document. */
    enum Kind {
        /** A later head of the same document has taken its place. */
        DEAD(0),
        /** The payload is the whole document. */
        PUT(1),
        /** The document is gone. */
        REMOVE(2),
        /** The payload is the latest of a chain of updates of the document in the base. */
        PATCH(3);

        private final byte code;

        Kind(int code) {
            this.code = (byte) code;
        }

        static Kind of(byte code) {
            return switch (code) {
                case 1 -> PUT;
                case 2 -> REMOVE;
                case 3 -> PATCH;
                default -> DEAD;
            };
        }
    }

    /** No such head. */
    static final long NONE = -1;

    private static final int FLAG_INSERTED = 1;
    private static final int FLAG_MUST_MATCH = 2;

    // the layout of a head
    private static final int AT_KIND = 0;
    private static final int AT_FLAGS = 1;
    private static final int AT_ORDINAL = 4;
    private static final int AT_PAYLOAD = 8;
    private static final int AT_LENGTH = 16;
    private static final int AT_CAPACITY = 20;
    private static final int AT_KEY_LENGTH = 24;
    private static final int AT_KEY = 28;

    /** A patch in its chain: pointer to the one before it, its length, its bytes. */
    private static final int PATCH_HEADER = 12;

    private static final int SLOT = 16;
    private static final int FIRST_SLOTS = 64;
    private static final int MOST_SLOTS = 1 << 26;

    private final SpillStore store;
    private final SegmentedLog heads;
    private final SegmentedLog payloads;
    private ByteBuffer slots;
    private int slotMask = FIRST_SLOTS - 1;
    private int entries;
    private int ordinals;
    private long putBytes;
    private long missedUpdates;

    private final UpdateApplier updates = new UpdateApplier();
    private final BsonBuffer updated = new BsonBuffer(4096);
    private byte[] scratch = new byte[4096];

    ChangeTable(SpillStore store) throws IOException {
        this.store = store;
        this.heads = new SegmentedLog(store);
        this.payloads = new SegmentedLog(store);
        this.slots = store.allocate(FIRST_SLOTS * SLOT);
    }

    /**
     * The document is this from now on.
     *
     * @param inserted whether it is new: it then takes its place after all others
     */
    void put(IdKey key, byte[] document, int offset, int length, boolean inserted) throws IOException {
        long hash = key.hash();
        int slot = slot(key, hash);
        long head = pointer(slot);
        if (head == NONE || inserted) {
            if (head != NONE) {
                bury(head);
            }
            head = newHead(key, slot, hash, head == NONE);
        } else if (kind(head) == Kind.PUT) {
            putBytes -= payloadLength(head);
        } else {
            setCapacity(head, 0);
        }
        setKind(head, Kind.PUT);
        if (inserted) {
            setFlag(head, FLAG_INSERTED);
        }
        setPayload(head, document, offset, length);
        putBytes += length;
        growIfFull();
    }

    void remove(IdKey key) throws IOException {
        long hash = key.hash();
        int slot = slot(key, hash);
        long head = pointer(slot);
        if (head == NONE) {
            head = newHead(key, slot, hash, true);
        } else if (kind(head) == Kind.PUT) {
            putBytes -= payloadLength(head);
        }
        setKind(head, Kind.REMOVE);
        setCapacity(head, 0);
        growIfFull();
    }

    /**
     * The document takes this update.
     *
     * @param mustMatch whether the document has to be there; before the end of the base's scan it may be gone already
     */
    void patch(IdKey key, byte[] update, int offset, int length, boolean mustMatch) throws IOException {
        long hash = key.hash();
        int slot = slot(key, hash);
        long head = pointer(slot);
        if (head == NONE) {
            head = newHead(key, slot, hash, true);
            setKind(head, Kind.PATCH);
            heads.segment(head).putLong(at(head) + AT_PAYLOAD, NONE);
        }
        switch (kind(head)) {
            case PUT -> patchDocument(head, update, offset, mustMatch);
            case PATCH -> chain(head, update, offset, length, mustMatch);
            case REMOVE, DEAD -> missedUpdates += mustMatch ? 1 : 0;
        }
        growIfFull();
    }

    private void patchDocument(long head, byte[] update, int updateOffset, boolean mustMatch) throws IOException {
        int length = readPayload(head);
        updated.clear();
        boolean fits = updates.apply(scratch, 0, update, updateOffset, updated);
        missedUpdates += !fits && mustMatch ? 1 : 0;
        putBytes += updated.length() - length;
        setPayload(head, updated.array(), 0, updated.length());
    }

    private int readPayload(long head) {
        int length = payloadLength(head);
        if (scratch.length < length) {
            scratch = new byte[length + length / 2];
        }
        long payload = payload(head);
        payloads.segment(payload).get(SegmentedLog.offset(payload), scratch, 0, length);
        return length;
    }

    private void chain(long head, byte[] update, int offset, int length, boolean mustMatch) throws IOException {
        long patch = payloads.allocate(PATCH_HEADER + length);
        ByteBuffer segment = payloads.segment(patch);
        int at = SegmentedLog.offset(patch);
        segment.putLong(at, payload(head)).putInt(at + 8, length).put(at + PATCH_HEADER, update, offset, length);
        heads.segment(head).putLong(at(head) + AT_PAYLOAD, patch);
        if (mustMatch) {
            setFlag(head, FLAG_MUST_MATCH);
        }
    }

    private void setPayload(long head, byte[] document, int offset, int length) throws IOException {
        ByteBuffer segment = heads.segment(head);
        int at = at(head);
        if (segment.getInt(at + AT_CAPACITY) < length) {
            // a second copy means that the document grows: leave it room, so that it need not move each time
            boolean grows = segment.getInt(at + AT_CAPACITY) > 0;
            int capacity = grows ? length + length / 4 : length;
            segment.putLong(at + AT_PAYLOAD, payloads.allocate(capacity)).putInt(at + AT_CAPACITY, capacity);
        }
        segment.putInt(at + AT_LENGTH, length);
        long payload = payload(head);
        payloads.segment(payload).put(SegmentedLog.offset(payload), document, offset, length);
    }

    private void bury(long head) {
        if (kind(head) == Kind.PUT) {
            putBytes -= payloadLength(head);
        }
        setKind(head, Kind.DEAD);
    }

    private long newHead(IdKey key, int slot, long hash, boolean newEntry) throws IOException {
        long head = heads.allocate(AT_KEY + key.length());
        ByteBuffer segment = heads.segment(head);
        int at = at(head);
        segment.putInt(at + AT_ORDINAL, ordinals++).putInt(at + AT_KEY_LENGTH, key.length());
        segment.put(at + AT_KEY, key.bytes(), 0, key.length());
        slots.putLong(slot * SLOT, hash).putLong(slot * SLOT + 8, head + 1);
        entries += newEntry ? 1 : 0;
        return head;
    }

    /** The head of that document, or {@link #NONE}. */
    long find(IdKey key) {
        return pointer(slot(key, key.hash()));
    }

    /** The slot that holds the key's head, or the free one where it belongs. */
    private int slot(IdKey key, long hash) {
        int slot = (int) hash & slotMask;
        while (true) {
            long head = pointer(slot);
            if (head == NONE || (slots.getLong(slot * SLOT) == hash && keyEquals(head, key))) {
                return slot;
            }
            slot = (slot + 1) & slotMask;
        }
    }

    private long pointer(int slot) {
        return slots.getLong(slot * SLOT + 8) - 1;
    }

    private boolean keyEquals(long head, IdKey key) {
        ByteBuffer segment = heads.segment(head);
        int at = at(head);
        if (segment.getInt(at + AT_KEY_LENGTH) != key.length()) {
            return false;
        }
        byte[] bytes = key.bytes();
        for (int i = 0; i < key.length(); i++) {
            if (segment.get(at + AT_KEY + i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private void growIfFull() throws IOException {
        if (entries <= slotMask / 3 * 2) {
            return;
        }
        if (slotMask + 1 >= MOST_SLOTS) {
            throw new IOException(
                    "more than " + entries + " documents of one collection changed since the full backup");
        }
        ByteBuffer old = slots;
        int oldSlots = slotMask + 1;
        slots = store.allocate(oldSlots * 2 * SLOT);
        slotMask = oldSlots * 2 - 1;
        for (int slot = 0; slot < oldSlots; slot++) {
            if (old.getLong(slot * SLOT + 8) != 0) {
                move(old.getLong(slot * SLOT), old.getLong(slot * SLOT + 8));
            }
        }
        store.release(old);
    }

    private void move(long hash, long stored) {
        int slot = (int) hash & slotMask;
        while (slots.getLong(slot * SLOT + 8) != 0) {
            slot = (slot + 1) & slotMask;
        }
        slots.putLong(slot * SLOT, hash).putLong(slot * SLOT + 8, stored);
    }

    private static int at(long head) {
        return SegmentedLog.offset(head);
    }

    Kind kind(long head) {
        return Kind.of(heads.segment(head).get(at(head) + AT_KIND));
    }

    private void setKind(long head, Kind kind) {
        heads.segment(head).put(at(head) + AT_KIND, kind.code);
    }

    private void setFlag(long head, int flag) {
        ByteBuffer segment = heads.segment(head);
        segment.put(at(head) + AT_FLAGS, (byte) (segment.get(at(head) + AT_FLAGS) | flag));
    }

    private boolean flag(long head, int flag) {
        return (heads.segment(head).get(at(head) + AT_FLAGS) & flag) != 0;
    }

    private void setCapacity(long head, int capacity) {
        heads.segment(head).putInt(at(head) + AT_CAPACITY, capacity);
    }

    private long payload(long head) {
        return heads.segment(head).getLong(at(head) + AT_PAYLOAD);
    }

    private int payloadLength(long head) {
        return heads.segment(head).getInt(at(head) + AT_LENGTH);
    }

    /** Whether the document was inserted, so that its natural place is after those of the base. */
    boolean inserted(long head) {
        return flag(head, FLAG_INSERTED);
    }

    /** Whether the document must be in the base for its updates. */
    boolean mustMatch(long head) {
        return flag(head, FLAG_MUST_MATCH);
    }

    /** The number of the head in the order of making, from 0 to {@link #ordinals()}. */
    int ordinal(long head) {
        return heads.segment(head).getInt(at(head) + AT_ORDINAL);
    }

    int ordinals() {
        return ordinals;
    }

    /** How many documents have changed. */
    int size() {
        return entries;
    }

    /** The bytes of all documents that lie here as a whole. */
    long putBytes() {
        return putBytes;
    }

    /** Updates that had to find a document, or a field of a certain type, and did not. */
    long missedUpdates() {
        return missedUpdates;
    }

    /** Appends the whole document of a {@link Kind#PUT} head. */
    void copyDocument(long head, BsonBuffer out) {
        long payload = payload(head);
        out.append(payloads.segment(payload), SegmentedLog.offset(payload), payloadLength(head));
    }

    /** The updates of a {@link Kind#PATCH} head, oldest first. */
    byte[][] patches(long head) {
        int count = 0;
        for (long patch = payload(head); patch != NONE; patch = previous(patch)) {
            count++;
        }
        byte[][] patches = new byte[count][];
        for (long patch = payload(head); patch != NONE; patch = previous(patch)) {
            ByteBuffer segment = payloads.segment(patch);
            int at = SegmentedLog.offset(patch);
            byte[] bytes = new byte[segment.getInt(at + 8)];
            segment.get(at + PATCH_HEADER, bytes);
            patches[--count] = bytes;
        }
        return patches;
    }

    private long previous(long patch) {
        return payloads.segment(patch).getLong(SegmentedLog.offset(patch));
    }

    /** Takes heads one by one. */
    interface HeadConsumer {
        void accept(long head) throws IOException, InterruptedException;
    }

    /** Every head that is not dead, in the order in which they were made. */
    void forEachHead(HeadConsumer consumer) throws IOException, InterruptedException {
        for (int segment = 0; segment < heads.segments(); segment++) {
            int at = 0;
            while (at < heads.used(segment)) {
                long head = (long) segment << 32 | at;
                if (kind(head) != Kind.DEAD) {
                    consumer.accept(head);
                }
                at += AT_KEY + heads.segment(head).getInt(at + AT_KEY_LENGTH);
            }
        }
    }

    /** Gives the memory back; the table is of no use afterwards. */
    void release() {
        heads.release();
        payloads.release();
        store.release(slots);
        scratch = new byte[0];
    }
}
