package com.foodxchange.dr.mongo.capture;

import com.foodxchange.dr.mongo.DeploymentException;
import com.mongodb.MongoException;

/** What the driver's exceptions mean: the one place where server errors become ours. */
@SuppressWarnings({"DoNotCallSuggester", "UnusedMethod", "UnusedVariable", "ObjectToString"})
public final class ServerErrors {
    private ServerErrors() {}

    /**
     * The exception that says what failed and what to do about it.
     *
     * @param activity what was being done, such as {@code "reading the oplog"}
     */
    public static DeploymentException translate(String activity, MongoException failure) {
        throw new UnsupportedOperationException(activity, failure);
    }

    /** Whether the same may succeed a little later: the network, an election, a server that starts or stops. */
    public static boolean isTransient(MongoException failure) {
        throw new UnsupportedOperationException(failure);
    }
}
