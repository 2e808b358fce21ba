package com.foodxchange.dr.cli.demo;

import com.foodxchange.dr.cli.output.Json;
import com.foodxchange.dr.mongo.ContentHash;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.bson.BsonTimestamp;

/**
 * What a demonstration measured.
 *
 * @param restoredTo the last oplog entry before the disaster
 * @param figures what the steps cost, by name, in bytes, documents, seconds
 * @param findings what should be otherwise, one sentence each
 */
public record DemoReport(
        BsonTimestamp restoredTo, Instant disaster, List<Result> results, Json figures, List<String> findings) {
    /**
     * A part of the marketplace after the restore.
     *
     * @param recorded what the writer recorded for the restored moment
     * @param found what the database holds
     * @param lost changes that were acknowledged after the restored moment
     * @param dataLoss from the restored moment to the last of these
     * @param recoveryTime from noticing the disaster to verified
     */
    public record Result(
            Part part,
            ContentHash.Value recorded,
            ContentHash.Value found,
            long lost,
            Duration dataLoss,
            Duration recoveryTime) {
        public boolean identical() {
            return recorded.equals(found);
        }

        /** Whether both objectives of the part's tier hold, and the content is right. */
        public boolean met() {
            Tier tier = part.tier();
            return identical() && dataLoss.compareTo(tier.rpo()) <= 0 && recoveryTime.compareTo(tier.rto()) <= 0;
        }
    }

    public DemoReport {
        results = List.copyOf(results);
        findings = List.copyOf(findings);
    }

    /** Whether everything is back as it was, in time. */
    public boolean met() {
        return findings.isEmpty() && results.stream().allMatch(Result::met);
    }
}
