package com.foodxchange.dr.mongo.dump;

import com.foodxchange.dr.mongo.CollectionSpec;
import com.foodxchange.dr.mongo.DeploymentException;
import com.foodxchange.dr.mongo.DeploymentException.Kind;
import com.foodxchange.dr.mongo.Namespace;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.bson.BsonArray;
import org.bson.BsonDocument;
import org.bson.BsonInvalidOperationException;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.json.JsonMode;
import org.bson.json.JsonParseException;
import org.bson.json.JsonWriterSettings;
import org.jspecify.annotations.Nullable;

/**
 * How mongodump 100.x names and describes collections: {@code <db>/<escaped collection>.bson} with the documents back to
 * back, and {@code <db>/<escaped collection>.metadata.json} in canonical Extended JSON v2.
 */
public final class DumpLayout {
    public static final String OPLOG = "oplog.bson";
    public static final String PRELUDE = "prelude.json";

    private static final String DATA_SUFFIX = ".bson";
    private static final String METADATA_SUFFIX = ".metadata.json";
    /** Longer escaped names are cut to 208 bytes plus "%24" and the name's SHA-1, so that any file system takes them. */
    private static final int LONGEST_NAME = 238;

    private static final JsonWriterSettings CANONICAL =
            JsonWriterSettings.builder().outputMode(JsonMode.EXTENDED).build();

    private DumpLayout() {}

    public static String dataPath(Namespace namespace) {
        return stem(namespace) + DATA_SUFFIX;
    }

    public static String metadataPath(Namespace namespace) {
        return stem(namespace) + METADATA_SUFFIX;
    }

    public static boolean isMetadata(String path) {
        return path.endsWith(METADATA_SUFFIX) && path.indexOf('/') > 0;
    }

    private static String stem(Namespace namespace) {
        return namespace.database() + "/" + escape(namespace.collection());
    }

    /** Go's url.QueryEscape, which differs from Java's form encoding in '*' and '~' alone. */
    static String escape(String collection) {
        String escaped = URLEncoder.encode(collection, StandardCharsets.UTF_8)
                .replace("*", "%2A")
                .replace("%7E", "~");
        if (escaped.length() <= LONGEST_NAME) {
            return escaped;
        }
        return escaped.substring(0, 208) + "%24" + sha1(collection);
    }

    private static String sha1(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The text of {@code prelude.json}.
     *
     * @param serverVersion of the server that the contents came from, such as {@code 8.0.4}; mongorestore decides by it
     */
    public static String prelude(String serverVersion) {
        return new BsonDocument("ServerVersion", new BsonString(serverVersion))
                .append("ToolVersion", new BsonString("FoodXchange DR"))
                .toJson();
    }

    /** The text of a collection's metadata file: one line, no line end, members in mongodump's order. */
    public static String metadata(CollectionSpec spec) {
        BsonDocument metadata = new BsonDocument();
        if (!spec.options().isEmpty()) {
            metadata.put("options", spec.options());
        }
        metadata.put("indexes", new BsonArray(spec.indexes()));
        if (spec.uuid() != null) {
            metadata.put("uuid", new BsonString(spec.uuid().toString().replace("-", "")));
        }
        metadata.put("collectionName", new BsonString(spec.namespace().collection()));
        metadata.put("type", new BsonString(spec.type().name().toLowerCase(Locale.ROOT)));
        return metadata.toJson(CANONICAL);
    }

    /**
     * Reads a collection's metadata file, relaxed or canonical, of current and of older tools.
     *
     * @throws DeploymentException when it is not one
     */
    public static CollectionSpec parseMetadata(String path, String json) {
        try {
            BsonDocument metadata = BsonDocument.parse(json);
            int slash = path.indexOf('/');
            String fileName = path.substring(slash + 1, path.length() - METADATA_SUFFIX.length());
            String collection = metadata.containsKey("collectionName")
                    ? metadata.getString("collectionName").getValue()
                    : URLDecoder.decode(fileName, StandardCharsets.UTF_8);
            BsonDocument options = metadata.getDocument("options", new BsonDocument());
            List<BsonDocument> indexes = new ArrayList<>();
            for (BsonValue index : metadata.getArray("indexes", new BsonArray())) {
                indexes.add(index.asDocument());
            }
            return new CollectionSpec(
                    new Namespace(path.substring(0, slash), collection),
                    type(metadata, options),
                    uuid(metadata),
                    options,
                    indexes);
        } catch (JsonParseException | BsonInvalidOperationException | IllegalArgumentException e) {
            throw new DeploymentException(
                    Kind.CORRUPT,
                    "the metadata file " + path + " is not what mongodump writes: " + e.getMessage(),
                    "run 'dr check --read-data' on the repository it came from",
                    e);
        }
    }

    private static CollectionSpec.Type type(BsonDocument metadata, BsonDocument options) {
        if (metadata.containsKey("type")) {
            return CollectionSpec.Type.valueOf(
                    metadata.getString("type").getValue().toUpperCase(Locale.ROOT));
        }
        if (options.containsKey("viewOn")) {
            return CollectionSpec.Type.VIEW;
        }
        return options.containsKey("timeseries") ? CollectionSpec.Type.TIMESERIES : CollectionSpec.Type.COLLECTION;
    }

    private static @Nullable UUID uuid(BsonDocument metadata) {
        String hex = metadata.getString("uuid", new BsonString("")).getValue();
        if (hex.isEmpty()) {
            return null;
        }
        return new UUID(Long.parseUnsignedLong(hex, 0, 16, 16), Long.parseUnsignedLong(hex, 16, 32, 16));
    }
}
