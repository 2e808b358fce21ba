package com.foodxchange.dr.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.bson.BsonNull;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;

/** The documents of the marketplace: the n-th of a collection is always the same for the same seed. */
final class Documents {
    private static final Duration AGE = Duration.ofDays(700);
    private static final List<String> REQUEST_STATES = List.of("open", "open", "matched", "closed", "withdrawn");
    private static final List<String> WORK_STATES = List.of("proposed", "active", "active", "delivered", "disputed");
    private static final List<String> PAYMENT_STATES =
            List.of("authorized", "captured", "captured", "settled", "refunded");
    private static final List<String> ACTIONS =
            List.of("login", "profile.update", "payment.capture", "document.view", "engagement.accept", "role.grant");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri");
    private static final List<String> CERTIFICATES =
            List.of("ISO 22000", "BRCGS", "FSSC 22000", "IFS Food", "HACCP III");

    private final Instant start;

    /** {@code now}: the age of the marketplace is counted from here. */
    Documents(Instant now) {
        this.start = now.minus(AGE);
    }

    Fields expert(long number, RandomGenerator random) {
        String first = Words.of(Words.FIRST, random);
        String last = Words.of(Words.LAST, random);
        return Fields.of()
                .put("_id", objectId(1, number))
                .put("name", Fields.of().put("first", first).put("last", last))
                .put("email", "expert" + number + "@" + Words.hex(6, random) + ".example")
                .put("company", last + " Food Consulting")
                .put("country", Words.of(Words.COUNTRIES, random))
                .put("city", Words.of(Words.CITIES, random))
                .some("languages", Words.LANGUAGES, 1 + random.nextInt(3), random)
                .some("expertise", Words.EXPERTISE, 2 + random.nextInt(4), random)
                .put("rate", rate(random))
                .put("rating", 3 + random.nextInt(200) / 100.0)
                .put("reviews", random.nextInt(400))
                .put("verified", random.nextInt(10) > 1)
                .put("whatsapp", "+" + random.nextLong(10_000_000_000L, 99_999_999_999L))
                .put("availability", availability(random))
                .list("certifications", List.of(certification(random), certification(random)))
                .put("about", Words.text(3 + random.nextInt(4), random))
                .put("createdAt", time(random))
                .put("updatedAt", time(random));
    }

    private static Fields rate(RandomGenerator random) {
        return Fields.of()
                .money("hourly", random.nextLong(2_500, 40_000))
                .put("currency", Words.of(Words.CURRENCIES, random));
    }

    private static Fields availability(RandomGenerator random) {
        Fields slot = Fields.of()
                .put("day", Words.of(DAYS, random))
                .put("from", 6 + random.nextInt(6))
                .put("to", 13 + random.nextInt(6));
        return Fields.of().put("hoursPerWeek", 5 + random.nextInt(35)).list("slots", List.of(slot));
    }

    private Fields certification(RandomGenerator random) {
        return Fields.of()
                .put("name", Words.of(CERTIFICATES, random))
                .put("number", Words.hex(10, random).toUpperCase(Locale.ROOT))
                .put("validUntil", start.plus(AGE).plus(Duration.ofDays(random.nextInt(900))));
    }

    Fields request(long number, RandomGenerator random) {
        return Fields.of()
                .put("_id", new BsonString("REQ-%08d".formatted(number)))
                .put("buyer", buyer(random))
                .put("title", "Help with " + Words.of(Words.PRODUCTS, random))
                .put("text", Words.text(4 + random.nextInt(5), random))
                .some("expertise", Words.EXPERTISE, 1 + random.nextInt(3), random)
                .put("budget", budget(random))
                .put("status", Words.of(REQUEST_STATES, random))
                .put("deadline", start.plus(AGE).plus(Duration.ofDays(random.nextInt(90))))
                .put("createdAt", time(random));
    }

    private static Fields buyer(RandomGenerator random) {
        return Fields.of()
                .put("company", Words.of(Words.LAST, random) + " Trading")
                .put("country", Words.of(Words.COUNTRIES, random))
                .put("contact", Words.of(Words.FIRST, random) + " " + Words.of(Words.LAST, random));
    }

    private static Fields budget(RandomGenerator random) {
        long least = random.nextLong(50_000, 900_000);
        return Fields.of()
                .money("min", least)
                .money("max", least + random.nextLong(50_000, 900_000))
                .put("currency", Words.of(Words.CURRENCIES, random));
    }

    Fields engagement(long number, RandomGenerator random) {
        Instant begin = time(random);
        Fields step = Fields.of().put("status", "proposed").put("at", begin).put("by", "system");
        return Fields.of()
                .put("_id", objectId(3, number))
                .put("requestId", new BsonString("REQ-%08d".formatted(random.nextLong(Math.max(1, number + 1)))))
                .put("expertId", objectId(1, random.nextLong(Math.max(1, number / 2 + 1))))
                .put("status", Words.of(WORK_STATES, random))
                .put("hours", random.nextInt(400) / 4.0)
                .put("progress", random.nextInt(101))
                .money("fee", random.nextLong(40_000, 2_000_000))
                .put("commissionBasisPoints", 500 + random.nextInt(10) * 100)
                .list("history", List.of(step))
                .put("notes", Words.text(2 + random.nextInt(3), random))
                .put("updatedAt", begin);
    }

    Fields payment(long number, RandomGenerator random) {
        long cents = random.nextLong(1_000, 2_000_000);
        return Fields.of()
                .put("_id", new BsonString("PAY-%010d".formatted(number)))
                .put("invoice", "FX-%d-%s".formatted(number, Words.hex(4, random)))
                .put("engagementId", objectId(3, random.nextLong(Math.max(1, number / 2 + 1))))
                .put("amountCents", cents)
                .money("amount", cents)
                .money("commission", cents / 10)
                .put("currency", Words.of(Words.CURRENCIES, random))
                .put("status", Words.of(PAYMENT_STATES, random))
                .put("provider", Fields.of().put("name", "stripe").put("reference", "pi_" + Words.hex(24, random)))
                .put("dueAt", time(random))
                .put(
                        "paidAt",
                        random.nextInt(4) == 0
                                ? BsonNull.VALUE
                                : Fields.of().put("t", time(random)).document());
    }

    Fields message(long number, RandomGenerator random) {
        return Fields.of()
                .put("_id", objectId(5, number))
                .put("engagementId", objectId(3, random.nextLong(Math.max(1, number / 3 + 1))))
                .put("from", random.nextBoolean() ? "expert" : "buyer")
                .put("channel", random.nextInt(3) == 0 ? "whatsapp" : "web")
                .put("text", Words.text(1 + random.nextInt(4), random))
                .put("read", random.nextBoolean())
                .put("sentAt", time(random));
    }

    Fields document(long number, RandomGenerator random) {
        return Fields.of()
                .put("_id", objectId(6, number))
                .put("ownerId", objectId(1, random.nextLong(Math.max(1, number + 1))))
                .put("name", Words.of(Words.PRODUCTS, random) + " specification.pdf")
                .put("mime", "application/pdf")
                .put("size", random.nextLong(20_000, 9_000_000))
                .bytes("sha256", 32, random)
                .bytes("thumbnail", 200 + random.nextInt(400), random)
                .some("tags", Words.EXPERTISE, random.nextInt(4), random)
                .put("uploadedAt", time(random));
    }

    Fields audit(long number, RandomGenerator random) {
        return Fields.of()
                .put("_id", number)
                .put("at", time(random))
                .put("actor", objectId(1, random.nextLong(Math.max(1, number / 2 + 1))))
                .put("action", Words.of(ACTIONS, random))
                .put("ip", "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), random.nextInt(256)))
                .put("session", Words.hex(32, random))
                .put("ok", random.nextInt(20) > 0);
    }

    private Instant time(RandomGenerator random) {
        return start.plusMillis(random.nextLong(AGE.toMillis()));
    }

    /** An identity as a driver would have made it a second after the one before it. */
    private BsonObjectId objectId(int kind, long number) {
        int seconds = (int) (start.getEpochSecond() + number);
        byte[] bytes = new byte[12];
        for (int i = 0; i < 4; i++) {
            bytes[i] = (byte) (seconds >> (24 - 8 * i));
            bytes[8 + i] = (byte) (number >> (24 - 8 * i));
        }
        bytes[4] = (byte) kind;
        return new BsonObjectId(new ObjectId(bytes));
    }
}
