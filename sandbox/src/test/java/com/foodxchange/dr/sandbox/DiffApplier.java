package com.foodxchange.dr.sandbox;

import java.util.Objects;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;

/** Applies {@code $v:2} diffs to decoded documents: the plainest way, to compare with. */
final class DiffApplier {
    private DiffApplier() {}

    static BsonDocument apply(BsonDocument before, BsonDocument diff) {
        BsonDocument result = before.clone();
        diff.forEach((section, change) -> {
            switch (section) {
                case "d" -> change.asDocument().keySet().forEach(result::remove);
                case "u" -> result.putAll(change.asDocument());
                case "i" ->
                    change.asDocument().forEach((name, value) -> {
                        result.remove(name);
                        result.put(name, value);
                    });
                default -> {
                    String name = section.substring(1);
                    result.put(name, inner(Objects.requireNonNull(result.get(name)), change.asDocument()));
                }
            }
        });
        return result;
    }

    private static BsonValue inner(BsonValue before, BsonDocument diff) {
        return diff.containsKey("a") && diff.get("a").isBoolean()
                ? array(before.asArray(), diff)
                : apply(before.asDocument(), diff);
    }

    private static BsonArray array(BsonArray before, BsonDocument diff) {
        BsonArray result = before.clone();
        diff.forEach((name, change) -> {
            if (name.equals("l")) {
                while (result.size() > change.asNumber().intValue()) {
                    result.remove(result.size() - 1);
                }
            } else if (!name.equals("a")) {
                int index = Integer.parseInt(name.substring(1));
                while (result.size() <= index) {
                    result.add(BsonNull.VALUE);
                }
                result.set(index, name.charAt(0) == 'u' ? change : inner(result.get(index), change.asDocument()));
            }
        });
        return result;
    }
}
