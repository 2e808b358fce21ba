package com.foodxchange.dr.recovery;

import com.foodxchange.dr.mongo.OpTime;
import com.foodxchange.dr.repository.Snapshot;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a snapshot's tags tell, so that listings and windows need its file alone: {@code source:}, {@code kind:},
 * {@code set:}, {@code from:}, {@code to:} with {@code term:}, {@code prev:} with {@code prevterm:}, {@code db:} for each
 * database, {@code why:}. Entries are written {@code T.I}, because restic's filters split tags at commas; database names
 * are percent-encoded for the same reason.
 *
 * @param set null for a standalone server
 */
public record SnapshotTags(
        String source,
        BackupKind kind,
        @Nullable String set,
        List<String> databases,
        @Nullable OpTime from,
        @Nullable OpTime to,
        @Nullable OpTime previous,
        @Nullable FullReason reason) {
    public SnapshotTags {
        databases = databases.stream().sorted().toList();
    }

    /** The tags as a snapshot has them. */
    public List<String> toList() {
        List<String> tags = new ArrayList<>();
        tags.add("source:" + source);
        tags.add("kind:" + kind.label());
        addText(tags, "set", set);
        addText(tags, "from", from == null ? null : format(from));
        addEntry(tags, "to", "term", to);
        addEntry(tags, "prev", "prevterm", previous);
        databases.forEach(database -> tags.add("db:" + URLEncoder.encode(database, StandardCharsets.UTF_8)));
        addText(tags, "why", reason == null ? null : reason.label());
        return tags;
    }

    private static void addText(List<String> tags, String key, @Nullable String value) {
        if (value != null) {
            tags.add(key + ":" + value);
        }
    }

    private static void addEntry(List<String> tags, String key, String termKey, @Nullable OpTime entry) {
        if (entry != null) {
            tags.add(key + ":" + format(entry));
            tags.add(termKey + ":" + entry.term());
        }
    }

    private static String format(OpTime entry) {
        return entry.seconds() + "." + Integer.toUnsignedString(entry.ordinal());
    }

    /** The backup that a snapshot holds, or nothing when its tags do not say that it is one. */
    public static Optional<BackupSnapshot> read(Snapshot snapshot) {
        Map<String, String> values = new HashMap<>();
        List<String> databases = new ArrayList<>();
        for (String tag : snapshot.tags()) {
            int colon = tag.indexOf(':');
            if (tag.startsWith("db:")) {
                databases.add(URLDecoder.decode(tag.substring(3), StandardCharsets.UTF_8));
            } else if (colon > 0) {
                values.putIfAbsent(tag.substring(0, colon), tag.substring(colon + 1));
            }
        }
        try {
            return read(snapshot, values, databases.stream().sorted().toList());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<BackupSnapshot> read(
            Snapshot snapshot, Map<String, String> values, List<String> databases) {
        String source = values.get("source");
        BackupKind kind = kind(values.get("kind"));
        if (source == null || kind == null) {
            return Optional.empty();
        }
        String set = values.get("set");
        OpTime to = set == null ? second(snapshot.time()) : entry(values.get("to"), values.get("term"));
        OpTime from = values.containsKey("from") ? entry(values.get("from"), "-1") : to;
        OpTime previous = kind == BackupKind.FULL ? null : entry(values.get("prev"), values.get("prevterm"));
        return Optional.of(new BackupSnapshot(
                snapshot, source, kind, set, databases, from, to, previous, reason(values.get("why"))));
    }

    private static @Nullable BackupKind kind(@Nullable String label) {
        for (BackupKind kind : BackupKind.values()) {
            if (kind.label().equals(label)) {
                return kind;
            }
        }
        return null;
    }

    private static @Nullable FullReason reason(@Nullable String label) {
        for (FullReason reason : FullReason.values()) {
            if (reason.label().equals(label)) {
                return reason;
            }
        }
        return null;
    }

    private static OpTime second(Instant time) {
        return OpTime.of(time.getEpochSecond(), 0, -1);
    }

    private static OpTime entry(@Nullable String text, @Nullable String term) {
        int dot = text == null ? -1 : text.indexOf('.');
        if (text == null || term == null || dot < 0) {
            throw new IllegalArgumentException("not an entry: " + text);
        }
        long seconds = Integer.toUnsignedLong(Integer.parseUnsignedInt(text.substring(0, dot)));
        return OpTime.of(seconds, Integer.parseUnsignedInt(text.substring(dot + 1)), Long.parseLong(term));
    }
}
