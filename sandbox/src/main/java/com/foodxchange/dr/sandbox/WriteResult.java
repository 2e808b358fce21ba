package com.foodxchange.dr.sandbox;

/** Adds up what came of the statements of a write. */
final class WriteResult {
    private final boolean update;
    private final Writer upserted = Writer.document().startArray("upserted");
    private final Writer errors = Writer.document().startArray("writeErrors");
    private boolean anyUpserted;
    private boolean anyErrors;
    private long matched;
    private long modified;

    WriteResult(boolean update) {
        this.update = update;
    }

    void add(int index, Outcome outcome) {
        matched += outcome.matched();
        modified += outcome.modified();
        Value id = outcome.upserted();
        if (id != null) {
            matched++;
            anyUpserted = true;
            upserted.addDocument().put("index", index).put("_id", id).close();
        }
    }

    void fail(int index, CommandException e) {
        anyErrors = true;
        errors.addDocument().put("index", index).put("code", e.code());
        Value details = e.details();
        if (details != null) {
            errors.putAll(details);
        }
        errors.put("errmsg", e.text()).close();
    }

    void write(Writer reply) {
        reply.put("n", (int) matched);
        if (update) {
            reply.put("nModified", (int) modified);
        }
        if (anyUpserted) {
            reply.putAll(upserted.close().finish());
        }
        if (anyErrors) {
            reply.putAll(errors.close().finish());
        }
    }
}
