package com.foodxchange.dr.mongo.restore;

import com.foodxchange.dr.mongo.Finding;
import com.foodxchange.dr.mongo.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects findings from many threads. Thread-safe. */
final class Findings {
    private final List<Finding> list = new ArrayList<>();

    void note(Object subject, String message) {
        add(new Finding(Severity.NOTE, subject.toString(), message));
    }

    void problem(Object subject, String message) {
        add(new Finding(Severity.PROBLEM, subject.toString(), message));
    }

    private synchronized void add(Finding finding) {
        list.add(finding);
    }

    synchronized List<Finding> list() {
        return List.copyOf(list);
    }
}
