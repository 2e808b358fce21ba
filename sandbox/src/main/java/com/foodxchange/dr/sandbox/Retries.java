package com.foodxchange.dr.sandbox;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what came of the last retryable write of each session, so that a retry gets the same answer and does nothing
 * twice. Used under the server's lock. Forgotten when the server stops.
 */
final class Retries {
    private static final int SESSIONS = 10_000;
    /** SHA-256 of nothing: the user of a session without a login. */
    private static final byte[] NO_USER = java.util.HexFormat.of()
            .parseHex("20000000" + "00" + "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

    private static final class Session {
        private long txnNumber = Long.MIN_VALUE;
        private final Map<Integer, Outcome> outcomes = new HashMap<>();
    }

    private final LinkedHashMap<UUID, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);

    /** The write that a command belongs to. */
    Run of(Request request) {
        Value txnNumber = request.get("txnNumber");
        Value id = request.document("lsid").get("id");
        if (txnNumber == null || id == null || id.type() != Value.BINARY) {
            return new Run(null, null, 0);
        }
        Session session = sessions.computeIfAbsent(Text.uuid(id), unused -> new Session());
        if (sessions.size() > SESSIONS) {
            sessions.remove(sessions.keySet().iterator().next());
        }
        long number = txnNumber.number();
        if (number < session.txnNumber) {
            throw new CommandException(
                    225,
                    "TransactionTooOld",
                    "Retryable write with txnNumber " + number + " is prohibited on session because a newer retryable"
                            + " write with txnNumber " + session.txnNumber + " has already started on this session.");
        }
        if (number > session.txnNumber) {
            session.txnNumber = number;
            session.outcomes.clear();
        }
        Value uid = new Value(Value.BINARY, NO_USER, 0, NO_USER.length);
        return new Run(session, Writer.document().put("id", id).put("uid", uid).finish(), number);
    }

    /** A write's statements. */
    static final class Run {
        private final @Nullable Session session;
        private final @Nullable Value lsid;
        private final long txnNumber;

        private Run(@Nullable Session session, @Nullable Value lsid, long txnNumber) {
            this.session = session;
            this.lsid = lsid;
            this.txnNumber = txnNumber;
        }

        /** What came of the statement when it was done before, or null. */
        @Nullable
        Outcome known(int number) {
            return session == null ? null : session.outcomes.get(number);
        }

        void remember(int number, Outcome outcome) {
            if (session != null) {
                session.outcomes.put(number, outcome);
            }
        }

        /** What the oplog says of it, or null. */
        @Nullable
        Statement statement(int number) {
            return lsid == null ? null : new Statement(lsid, txnNumber, number);
        }
    }
}
