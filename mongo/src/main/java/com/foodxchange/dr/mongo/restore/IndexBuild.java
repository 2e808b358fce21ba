package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Namespace;
import com.foodxchange.dr.mongo.restore.Target.Answer;
import com.mongodb.MongoCommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bson.BsonArray;
import org.bson.BsonBoolean;
import org.bson.BsonDocument;
import org.bson.BsonString;
import org.jspecify.annotations.Nullable;

/**
 * Builds indexes, all of a collection in one scan. One that cannot be built, because documents share a value that should
 * be unique or because the server does not know its kind, is reported and the others are built without it. Thread-safe.
 */
final class IndexBuild {
    private static final int DUPLICATE_KEY = 11000;
    /** InvalidIndexSpecificationOption: an option that this version does not know. */
    private static final int UNKNOWN_OPTION = 197;

    private static final Pattern DUPLICATE = Pattern.compile("index: (.+?) dup key: (.*)", Pattern.DOTALL);
    private static final int LONGEST_MESSAGE = 300;

    private final Target target;
    private final Findings findings;

    IndexBuild(Target target, Findings findings) {
        this.target = target;
        this.findings = findings;
    }

    /**
     * Builds the indexes of the collection that lies at {@code place}.
     *
     * @param subject the collection's final name, for findings
     */
    void build(Namespace place, Namespace subject, List<BsonDocument> indexes) throws InterruptedException {
        List<BsonDocument> rest = new ArrayList<>(indexes);
        while (!rest.isEmpty()) {
            MongoCommandException refusal = create(place, subject, rest);
            if (refusal == null) {
                return;
            }
            BsonDocument culprit = rest.size() == 1 ? rest.getFirst() : culprit(refusal, rest);
            if (culprit == null) {
                // nobody says which one it is: each on its own then
                for (BsonDocument index : rest) {
                    build(place, subject, List.of(index));
                }
                return;
            }
            rest.remove(culprit);
            findings.problem(subject, explain(culprit, refusal));
        }
    }

    private @Nullable MongoCommandException create(Namespace place, Namespace subject, List<BsonDocument> indexes)
            throws InterruptedException {
        BsonDocument command = new BsonDocument("createIndexes", new BsonString(place.collection()))
                .append("indexes", new BsonArray(indexes))
                .append("writeConcern", target.majority());
        String activity = "building the indexes of " + subject;
        Answer answer = target.ask(place.database(), command, activity);
        if (answer.refusedWith(UNKNOWN_OPTION)) {
            command.append("ignoreUnknownIndexOptions", BsonBoolean.TRUE);
            MongoCommandException first = answer.refusal();
            answer = target.ask(place.database(), command, activity);
            if (answer.refusal() == null && first != null) {
                findings.problem(subject, "the server left out an option of an index: " + message(first));
            }
        }
        return answer.refusal();
    }

    private static @Nullable BsonDocument culprit(MongoCommandException refusal, List<BsonDocument> indexes) {
        Matcher duplicate = DUPLICATE.matcher(refusal.getErrorMessage());
        if (refusal.getErrorCode() != DUPLICATE_KEY || !duplicate.find()) {
            return null;
        }
        String name = duplicate.group(1);
        return indexes.stream()
                .filter(index -> IndexSpecs.name(index).equals(name))
                .findFirst()
                .orElse(null);
    }

    private static String explain(BsonDocument index, MongoCommandException refusal) {
        String name = "index '" + IndexSpecs.name(index) + "' was not built: ";
        Matcher duplicate = DUPLICATE.matcher(refusal.getErrorMessage());
        if (refusal.getErrorCode() == DUPLICATE_KEY) {
            return name + "it is unique, and documents share the value "
                    + (duplicate.find() ? shorten(duplicate.group(2)) : "of its key");
        }
        return name + message(refusal);
    }

    static String message(MongoCommandException refusal) {
        return shorten(refusal.getErrorMessage());
    }

    static String shorten(String text) {
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE) + "…";
    }
}
