package com.foodxchange.dr.sandbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads collections and views through aggregation stages. */
final class Pipeline {
    private static final Set<String> ENGINE = Set.of(
            "$addFields",
            "$set",
            "$bucket",
            "$facet",
            "$group",
            "$project",
            "$redact",
            "$replaceRoot",
            "$replaceWith",
            "$sortByCount",
            "$unset",
            "$unwind");
    private static final Set<String> UPDATE =
            Set.of("$addFields", "$set", "$project", "$unset", "$replaceRoot", "$replaceWith");

    private final Server server;

    Pipeline(Server server) {
        this.server = server;
    }

    /** What lies in a collection, a view or the oplog and matches. */
    Documents find(Namespace namespace, Value filter) {
        Oplog oplog = server.oplog();
        if (namespace.isOplog() && oplog != null) {
            return OplogScan.find(oplog, filter, Value.EMPTY_DOCUMENT, Value.EMPTY_DOCUMENT);
        }
        Collection collection = server.catalog().find(namespace);
        if (collection != null) {
            return Documents.of(Plan.of(collection, filter), filter);
        }
        Value view = server.catalog().view(namespace);
        if (view == null) {
            return Documents.of(List.of());
        }
        Documents all = run(viewOn(namespace, view), pipeline(view));
        return filter.isEmpty() ? all : all.filter(Matcher.of(filter));
    }

    private static Namespace viewOn(Namespace namespace, Value view) {
        Value on = view.get("viewOn");
        return namespace.inSameDatabase(on == null ? "" : on.string());
    }

    private static List<Value> pipeline(Value view) {
        Value pipeline = view.get("pipeline");
        return pipeline == null ? List.of() : pipeline.elements();
    }

    Documents run(Namespace namespace, List<Value> stages) {
        if (stages.isEmpty()) {
            return find(namespace, Value.EMPTY_DOCUMENT);
        }
        String first = name(stages.getFirst());
        if (first.equals("$match")) {
            return apply(find(namespace, operand(stages.getFirst())), rest(stages, 1), namespace);
        }
        if (first.equals("$collStats")) {
            Value statistics = statistics(namespace, operand(stages.getFirst()));
            return apply(Documents.of(List.of(statistics)), rest(stages, 1), namespace);
        }
        return apply(find(namespace, Value.EMPTY_DOCUMENT), stages, namespace);
    }

    private static List<Value> rest(List<Value> stages, int from) {
        return stages.subList(from, stages.size());
    }

    static String name(Value stage) {
        Fields fields = stage.fields();
        if (!stage.isDocument() || !fields.next()) {
            throw new CommandException(
                    40323, "Location40323", "A pipeline stage specification object must contain exactly one field.");
        }
        return fields.name();
    }

    private static Value operand(Value stage) {
        Fields fields = stage.fields();
        fields.next();
        return fields.value();
    }

    private Documents apply(Documents documents, List<Value> stages, Namespace namespace) {
        Documents result = documents;
        int at = 0;
        while (at < stages.size()) {
            Value stage = stages.get(at);
            Documents next = own(result, stage, namespace);
            if (next == null) {
                int end = at + 1;
                while (end < stages.size() && ENGINE.contains(name(stages.get(end)))) {
                    end++;
                }
                next = Documents.of(Engine.run(stages.subList(at, end), result));
                at = end - 1;
            }
            result = next;
            at++;
        }
        return result;
    }

    /** Our own stages, which leave documents as they are; null for one that is left to the engine. */
    private @Nullable Documents own(Documents documents, Value stage, Namespace namespace) {
        Value operand = operand(stage);
        String name = name(stage);
        return switch (name) {
            case "$match" -> documents.filter(Matcher.of(operand));
            case "$sort" -> documents.sort(new Sort(operand));
            case "$skip" -> documents.skip(operand.number());
            case "$limit" -> documents.limit(operand.number());
            case "$sample" -> sample(documents, operand);
            case "$count" -> Documents.of(count(documents, operand.string(), false, Value.NULL_VALUE));
            case "$lookup" -> documents.map(each -> lookup(each, operand, namespace));
            case "$project" -> Projection.isPlain(operand) ? documents.map(Projection.of(operand)) : null;
            case "$group" -> group(documents, operand);
            default -> {
                if (!ENGINE.contains(name)) {
                    throw new CommandException(
                            40324,
                            "Location40324",
                            "Unrecognized pipeline stage name (or one that the sandbox lacks): '" + name + "'");
                }
                yield null;
            }
        };
    }

    /** Counts all, the way drivers do: {@code {_id: constant, n: {$sum: 1}}}. */
    private static @Nullable Documents group(Documents documents, Value operand) {
        Value id = operand.get("_id");
        Fields fields = operand.fields();
        if (id == null || !(id.isNull() || id.isNumber()) || !fields.next() || !fields.next()) {
            return null;
        }
        String name = fields.name();
        Value sum = fields.value().isDocument() ? fields.value().get("$sum") : null;
        boolean counts = sum != null && sum.type() == Value.INT32 && sum.int32() == 1 && !fields.next();
        return counts ? Documents.of(count(documents, name, true, id)) : null;
    }

    private static List<Value> count(Documents documents, String name, boolean withId, Value id) {
        long count = 0;
        while (documents.next() != null) {
            count++;
        }
        if (count == 0) {
            return List.of();
        }
        Writer out = withId ? Writer.document().put("_id", id) : Writer.document();
        return List.of((count == (int) count ? out.put(name, (int) count) : out.put(name, count)).finish());
    }

    private static Documents sample(Documents documents, Value operand) {
        Value size = operand.get("size");
        int wanted = size == null ? 0 : (int) size.number();
        List<Value> chosen = new ArrayList<>();
        long seen = 0;
        for (Value next = documents.next(); next != null; next = documents.next()) {
            seen++;
            if (chosen.size() < wanted) {
                chosen.add(next);
            } else {
                long place = ThreadLocalRandom.current().nextLong(seen);
                if (place < wanted) {
                    chosen.set((int) place, next);
                }
            }
        }
        java.util.Collections.shuffle(chosen, ThreadLocalRandom.current());
        return Documents.of(chosen);
    }

    private Value lookup(Value document, Value operand, Namespace namespace) {
        Value from = operand.get("from");
        Value local = operand.get("localField");
        Value foreign = operand.get("foreignField");
        Value as = operand.get("as");
        if (from == null || local == null || foreign == null || as == null) {
            throw CommandException.notSupported(
                    "the sandbox has $lookup with from, localField, foreignField and as only");
        }
        Writer filter = Writer.document().startDocument(foreign.string()).startArray("$in");
        Paths.keys(document, Paths.split(local.string())).forEach(filter::add);
        Documents found = find(
                namespace.inSameDatabase(from.string()), filter.close().close().finish());
        Node result = new Node(document);
        result.set(as.string(), new Node(Node.array(found.toList())));
        return result.toValue();
    }

    private Value statistics(Namespace namespace, Value operand) {
        Collection collection = server.catalog().find(namespace);
        Oplog oplog = server.oplog();
        Writer out = Writer.document().put("ns", namespace.toString()).put("host", server.address());
        out.putDate("localTime", server.clock().millis());
        if (collection == null && !namespace.isOplog()) {
            throw CommandException.noNamespace("Unable to retrieve storageStats in $collStats stage :: caused by :: "
                    + "Collection [" + namespace + "] not found.");
        }
        long count = collection == null ? oplog == null ? 0 : oplog.count() : collection.count();
        if (operand.get("storageStats") != null && collection != null) {
            out.startDocument("storageStats");
            StatisticsCommands.write(collection, 1, out);
            out.close();
        }
        if (operand.get("count") != null) {
            out.put("count", count);
        }
        return out.finish();
    }

    /** An update by a pipeline. */
    static Update update(Value pipeline) {
        List<Value> stages = pipeline.elements();
        stages.forEach(stage -> {
            if (!UPDATE.contains(name(stage))) {
                throw new CommandException(
                        72, "InvalidOptions", name(stage) + " is not allowed to be used within an update");
            }
        });
        return (document, position, inserting) -> {
            List<Value> result = Engine.run(stages, Documents.of(List.of(document)));
            return result.isEmpty() ? document : withId(result.getFirst(), document.get("_id"));
        };
    }

    private static Value withId(Value result, @Nullable Value id) {
        if (id == null || result.get("_id") != null) {
            return result;
        }
        return Writer.document().put("_id", id).putAll(result).finish();
    }

    /** All stages of a command. */
    static List<Value> stages(Value pipeline) {
        return Stream.of(pipeline)
                .filter(Value::isArray)
                .flatMap(each -> each.elements().stream())
                .toList();
    }
}
