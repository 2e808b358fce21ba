package com.foodxchange.dr.sandbox;

import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.backend.aggregation.Expression;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.oplog.NoopOplog;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Expressions and the pipeline stages that are not our own, computed by mongo-java-server. */
final class Engine {
    private Engine() {}

    static boolean isTrue(Value expression, Value document) {
        return translated(() -> {
            Object result = Expression.evaluateDocument(Foreign.of(expression), Foreign.document(document));
            return isTrue(result);
        });
    }

    private static boolean isTrue(@Nullable Object result) {
        return switch (result) {
            case null -> false;
            case Boolean truth -> truth;
            case Number number -> number.doubleValue() != 0;
            default -> !result.getClass().getSimpleName().equals("Missing");
        };
    }

    /** One document through a projection with expressions. */
    static Value project(Value spec, Value document) {
        Value stage = Writer.document().put("$project", spec).finish();
        List<Value> result = run(List.of(stage), Documents.of(List.of(document)));
        return result.isEmpty() ? Value.EMPTY_DOCUMENT : result.getFirst();
    }

    static List<Value> run(List<Value> stages, Documents documents) {
        return translated(() -> {
            List<Document> pipeline =
                    stages.stream().map(Engine::renamed).map(Foreign::document).toList();
            Stream<Document> source = Stream.generate(documents::next)
                    .takeWhile(java.util.Objects::nonNull)
                    .map(Foreign::document);
            return aggregation(pipeline).runStages(source).stream()
                    .map(Foreign::value)
                    .toList();
        });
    }

    /** No stage that is let through looks at databases or collections. */
    @SuppressWarnings("NullAway")
    private static Aggregation aggregation(List<Document> pipeline) {
        return Aggregation.fromPipeline(pipeline, null, null, null, NoopOplog.get());
    }

    /** The names that it does not know are others for what it knows. */
    private static Value renamed(Value stage) {
        Value set = stage.get("$set");
        if (set != null) {
            return Writer.document().put("$addFields", set).finish();
        }
        Value replaced = stage.get("$replaceWith");
        if (replaced == null) {
            return stage;
        }
        return Writer.document()
                .startDocument("$replaceRoot")
                .put("newRoot", replaced)
                .close()
                .finish();
    }

    private static <T> T translated(Supplier<T> computation) {
        try {
            return computation.get();
        } catch (MongoServerError e) {
            throw new CommandException(e.getCode(), e.getCodeName(), e.getMessageWithoutErrorCode());
        } catch (MongoServerException e) {
            throw CommandException.badValue(e.getMessageWithoutErrorCode());
        }
    }
}
