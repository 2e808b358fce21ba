package com.foodxchange.dr.mongo.merge;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.mongo.dump.DumpSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.bson.BsonTimestamp;
import org.jspecify.annotations.Nullable;

/**
 * What a merge joins.
 *
 * @param base a dump tree; its own {@code oplog.bson}, if it has one, is read before the slices
 * @param scanFrom every change up to here is in the base; null when the base was taken at rest, so that every entry of
 *     the slices is after it
 * @param consistentAt the end of the base's scan: from here on nothing may miss its target; null like {@code scanFrom}
 * @param slices dump trees that hold an {@code oplog.bson} each, in order; they may overlap
 * @param target the last entry that counts, inclusive; null for all there is
 * @param databases the databases that the base and the slices were limited to; empty for all
 * @param spillDirectory where changes go that do not fit in memory
 * @param memoryBytes how much of the heap changes may take
 */
public record MergeRequest(
        DumpSource base,
        @Nullable OpTime scanFrom,
        @Nullable OpTime consistentAt,
        List<DumpSource> slices,
        @Nullable BsonTimestamp target,
        Set<String> databases,
        Path spillDirectory,
        long memoryBytes) {
    public MergeRequest {
        slices = List.copyOf(slices);
        databases = Set.copyOf(databases);
    }
}
