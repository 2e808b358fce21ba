package com.foodxchange.dr.cli;

import com.foodxchange.dr.cli.Arguments.Durations;
import com.foodxchange.dr.repository.retention.RetentionPolicy;
import com.foodxchange.dr.repository.retention.RetentionPolicy.Period;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to keep. */
final class RetentionOptions {
    @Option(names = "--keep-last", paramLabel = "N", description = "the N newest full backups")
    int last;

    @Option(names = "--keep-hourly", paramLabel = "N", description = "the newest full backup of each of N hours")
    int hourly;

    @Option(names = "--keep-daily", paramLabel = "N", description = "the newest full backup of each of N days")
    int daily;

    @Option(names = "--keep-weekly", paramLabel = "N", description = "the newest full backup of each of N weeks")
    int weekly;

    @Option(names = "--keep-monthly", paramLabel = "N", description = "the newest full backup of each of N months")
    int monthly;

    @Option(names = "--keep-yearly", paramLabel = "N", description = "the newest full backup of each of N years")
    int yearly;

    @Option(
            names = "--keep-within",
            paramLabel = "TIME",
            converter = Durations.class,
            description = "every backup, incremental ones too, that is at most so much older than the newest: 24h, 7d")
    @Nullable
    Duration within;

    @Option(names = "--keep-tag", paramLabel = "TAG", description = "every snapshot with this tag; may be repeated")
    Set<String> tags = new LinkedHashSet<>();

    /** Keeping nothing has to be impossible to ask for by mistake. */
    RetentionPolicy policy() {
        RetentionPolicy policy = RetentionPolicy.none();
        policy = count(policy, Period.LAST, last);
        policy = count(policy, Period.HOURLY, hourly);
        policy = count(policy, Period.DAILY, daily);
        policy = count(policy, Period.WEEKLY, weekly);
        policy = count(policy, Period.MONTHLY, monthly);
        policy = count(policy, Period.YEARLY, yearly);
        policy = within == null ? policy : policy.keepWithin(within);
        for (String tag : tags) {
            policy = policy.keepTag(tag);
        }
        if (policy.equals(RetentionPolicy.none())) {
            throw new UsageException(
                    "no rule says what to keep",
                    "the FoodXchange plan is: --keep-within 24h --keep-daily 30 --keep-weekly 12 --keep-monthly 12"
                            + " --keep-yearly 7");
        }
        return policy;
    }

    private static RetentionPolicy count(RetentionPolicy policy, Period period, int count) {
        if (count < 0) {
            throw new UsageException("a number of backups to keep is negative", "give 1 or more");
        }
        return count == 0 ? policy : policy.keep(period, count);
    }
}
