package com.foodxchange.dr.sandbox;

/** What a client wants to be sure of before it is answered. */
final class Durability {
    private Durability() {}

    /** Makes the write durable if that is asked for by name; else it is within a tenth of a second. */
    static void wait(Server server, Request request, Writer reply) {
        Value concern = request.document("writeConcern");
        Value w = concern.get("w");
        Value journaled = concern.get("j");
        boolean majority = w != null && w.isString() && w.string().equals("majority");
        if (majority || (journaled != null && journaled.truth())) {
            server.commit();
        }
        if (w != null && w.isNumber() && w.number() > 1) {
            reply.startDocument("writeConcernError").put("code", 100);
            reply.put("codeName", "UnsatisfiableWriteConcern");
            reply.put("errmsg", "Not enough data-bearing nodes").close();
        }
    }
}
