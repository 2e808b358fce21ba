package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.bson.Bytes;
import com.foodxchange.dr.mongo.bson.IdKey;
import java.util.Arrays;
import org.bson.BsonDocument;

/** Where a stretch was left, and which documents of the next cursor were read before. Not thread-safe. */
final class Resumption {
    private static final byte[] NONE = {};

    /** What the documents of the present cursor are. */
    private enum State {
        /** Not read before. */
        NEW,
        /** The first one may be the last that was read. */
        FIRST,
        /** Read before, up to and including the last that was read. */
        SKIPPING
    }

    private final IdKey key = new IdKey();
    private State state = State.NEW;
    private byte[] first = NONE;
    private byte[] last = NONE;
    private byte[] lastDocument = NONE;

    /** Whether a document was read. */
    boolean hasPosition() {
        return last.length > 0;
    }

    /** {@code {_id: value}} of the document that was read last. */
    BsonDocument position() {
        return KeyRange.key(lastDocument, 0);
    }

    /**
     * A new cursor begins.
     *
     * @param atBeginning whether it delivers again what was read, and not only from the position on
     */
    void start(boolean atBeginning) {
        if (!hasPosition()) {
            state = State.NEW;
        } else {
            state = atBeginning ? State.SKIPPING : State.FIRST;
        }
    }

    /** Whether the document of the new cursor was read before. */
    boolean skips(byte[] buffer, int offset) {
        if (state == State.NEW) {
            if (first.length == 0) {
                first = identity(buffer, offset);
            }
            return false;
        }
        byte[] identity = identity(buffer, offset);
        if (Arrays.equals(identity, last)) {
            state = State.NEW;
            return true;
        }
        if (state == State.FIRST) {
            // A server that does not know 'min' begins at the beginning.
            state = Arrays.equals(identity, first) ? State.SKIPPING : State.NEW;
        }
        return state == State.SKIPPING;
    }

    private byte[] identity(byte[] buffer, int offset) {
        return key.readFrom(buffer, offset) ? Arrays.copyOf(key.bytes(), key.length()) : copy(buffer, offset);
    }

    private static byte[] copy(byte[] buffer, int offset) {
        return Arrays.copyOfRange(buffer, offset, offset + Bytes.int32(buffer, offset));
    }

    /** That document was delivered, and all before it. */
    void remember(byte[] buffer, int offset) {
        last = identity(buffer, offset);
        lastDocument = copy(buffer, offset);
    }

    /** Whether the document at the position was not found yet. */
    boolean isSkipping() {
        return state == State.SKIPPING;
    }

    /** Everything that comes is new. */
    void forgetPosition() {
        first = NONE;
        last = NONE;
        lastDocument = NONE;
    }
}
