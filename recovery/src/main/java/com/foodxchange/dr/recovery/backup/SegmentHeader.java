package com.foodxchange.dr.recovery.backup;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.recovery.Manifest.Position;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The first frame of a spool segment.
 *
 * @param previous the entry that its first one follows
 */
record SegmentHeader(int schemaVersion, Origin origin, Position previous) {
    private static final int SCHEMA_VERSION = 1;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static SegmentHeader of(Origin origin, OpTime previous) {
        return new SegmentHeader(SCHEMA_VERSION, origin, Objects.requireNonNull(Position.of(previous)));
    }

    byte[] toJson() {
        return JSON.writeValueAsBytes(this);
    }

    /** Null when it is none, or one of a format that this version does not know. */
    static @Nullable SegmentHeader parse(byte[] json) {
        try {
            SegmentHeader header = JSON.readValue(json, SegmentHeader.class);
            return header == null || header.schemaVersion != SCHEMA_VERSION ? null : header;
        } catch (JacksonException e) {
            return null;
        }
    }
}
