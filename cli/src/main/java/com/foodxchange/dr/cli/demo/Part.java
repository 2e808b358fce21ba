package com.foodxchange.dr.cli.demo;

import java.util.List;
import java.util.random.RandomGenerator;
import org.bson.BsonDocument;

/** The parts of the marketplace: a collection each, what depends on it, and how much of it there is. */
public enum Part {
    PAYMENTS("payments", Tier.CRITICAL, "payment processing", 12_000),
    EXPERTS("experts", Tier.CRITICAL, "expert matching", 4_000),
    REQUESTS("requests", Tier.CRITICAL, "expert matching", 6_000),
    ENGAGEMENTS("engagements", Tier.CRITICAL, "status tracking", 6_000),
    MESSAGES("messages", Tier.HIGH, "WhatsApp", 18_000),
    DOCUMENTS("documents", Tier.MEDIUM, "documents", 3_000),
    AUDIT("audit", Tier.MEDIUM, "audit logging", 7_000);

    private final String collection;
    private final Tier tier;
    private final String system;
    private final int count;

    Part(String collection, Tier tier, String system, int count) {
        this.collection = collection;
        this.tier = tier;
        this.system = system;
        this.count = count;
    }

    public String collection() {
        return collection;
    }

    public Tier tier() {
        return tier;
    }

    /** The system of the plan that can not work without it. */
    public String system() {
        return system;
    }

    /** Documents at scale 1. */
    int count() {
        return count;
    }

    Fields make(Documents documents, long number, RandomGenerator random) {
        return switch (this) {
            case EXPERTS -> documents.expert(number, random);
            case REQUESTS -> documents.request(number, random);
            case ENGAGEMENTS -> documents.engagement(number, random);
            case PAYMENTS -> documents.payment(number, random);
            case MESSAGES -> documents.message(number, random);
            case DOCUMENTS -> documents.document(number, random);
            case AUDIT -> documents.audit(number, random);
        };
    }

    /** The secondary indexes, as createIndexes takes them. */
    List<BsonDocument> indexes() {
        return switch (this) {
            case EXPERTS -> List.of(index("email", true), index("country,expertise", false), index("rating", false));
            case REQUESTS -> List.of(index("status,createdAt", false), index("buyer.country", false));
            case ENGAGEMENTS -> List.of(index("expertId", false), index("requestId", false));
            case PAYMENTS ->
                List.of(index("invoice", true), index("engagementId", false), index("status,dueAt", false));
            case MESSAGES -> List.of(index("engagementId,sentAt", false));
            case DOCUMENTS -> List.of(index("ownerId", false));
            case AUDIT -> List.of(index("at", false));
        };
    }

    private static BsonDocument index(String names, boolean unique) {
        Fields key = Fields.of();
        for (String name : names.split(",", -1)) {
            key.put(name, 1);
        }
        Fields index =
                Fields.of().put("key", key).put("name", names.replace(',', '_').replace('.', '_') + "_1");
        return (unique ? index.put("unique", true) : index).document();
    }
}
