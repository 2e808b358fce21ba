package com.foodxchange.dr.cli;

import com.mongodb.client.MongoClient;
import java.util.List;

/** Removes what a demonstration or a measurement has put into somebody's server. */
final class OwnDatabases {
    private OwnDatabases() {}

    /** Also when this thread was interrupted, which would keep the driver from working. */
    static void drop(MongoClient client, List<String> names) {
        boolean interrupted = Thread.interrupted();
        try {
            names.forEach(name -> client.getDatabase(name).drop());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
