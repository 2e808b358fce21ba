package com.foodxchange.dr.sandbox;

/** Pipelines and expressions. */
final class Aggregation {
    private Aggregation() {}

    static boolean isTrue(Value expression, Value document) {
        if (expression.isDocument()) {
            throw CommandException.notSupported("$expr " + expression + document);
        }
        return expression.truth();
    }

    static Update update(Value pipeline) {
        if (pipeline.isEmpty()) {
            return (document, position, inserting) -> document;
        }
        throw CommandException.notSupported("pipeline");
    }
}
