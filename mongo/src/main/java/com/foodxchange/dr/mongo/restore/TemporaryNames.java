package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Namespace;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * The names under which collections are loaded: {@code dr-restore-}, eight hex digits that are the same for one restore,
 * a dash and a number. Whatever else bears such a name was left by a restore that was killed. They are short enough for
 * every database name on every server (120 bytes with the database before 4.4).
 */
final class TemporaryNames {
    private static final String PREFIX = "dr-restore-";
    private static final Pattern OURS = Pattern.compile(PREFIX + "[0-9a-f]{8}-[0-9]+");

    private final String stem =
            PREFIX + "%08x-".formatted(ThreadLocalRandom.current().nextInt());

    Namespace of(Task task) {
        return new Namespace(task.namespace().database(), stem + task.rank());
    }

    static boolean isOurs(String collection) {
        return OURS.matcher(collection).matches();
    }
}
