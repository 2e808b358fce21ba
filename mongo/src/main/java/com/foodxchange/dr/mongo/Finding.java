package com.foodxchange.dr.mongo;

/**
 * Something that a person should know about a result although the work went on, such as an index that could not be
 * built.
 *
 * @param subject what it is about, mostly a namespace
 * @param message one sentence
 */
public record Finding(Severity severity, String subject, String message) {
    /** Whether the result is still what was asked for. */
    public enum Severity {
        /** The result is as asked for. */
        NOTE,
        /** The result differs from what was asked for. */
        PROBLEM
    }
}
