package com.foodxchange.dr.recovery;

import com.foodxchange.dr.recovery.RecoveryException.Kind;
import com.foodxchange.dr.repository.BlobStream;
import com.foodxchange.dr.repository.RepositoryException;
import com.foodxchange.dr.repository.SnapshotReader;
import java.io.ByteArrayOutputStream;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Manifests as JSON. Members that a later version adds are ignored, a later format is refused. */
public final class Manifests {
    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private Manifests() {}

    /** The file's content. */
    public static byte[] toJson(Manifest manifest) {
        return JSON.writeValueAsBytes(manifest);
    }

    /**
     * Reads a file's content.
     *
     * @param where for messages, such as {@code snapshot 12ab34cd}
     * @throws RecoveryException DAMAGED when it is no manifest, or one of a format that this version does not know
     */
    public static Manifest parse(byte[] json, String where) {
        Manifest manifest;
        try {
            manifest = Objects.requireNonNull(JSON.readValue(json, Manifest.class), "it is empty");
        } catch (JacksonException | NullPointerException e) {
            throw new RecoveryException(
                    Kind.DAMAGED,
                    "the manifest of " + where + " cannot be read: " + firstLine(e),
                    "run 'dr check --read-data'",
                    e);
        }
        if (manifest.schemaVersion() > Manifest.SCHEMA_VERSION) {
            throw new RecoveryException(
                    Kind.DAMAGED,
                    "the manifest of " + where + " has the format " + manifest.schemaVersion()
                            + ", and this version knows up to " + Manifest.SCHEMA_VERSION,
                    "use the version that wrote it, or a newer one: " + manifest.program());
        }
        return manifest;
    }

    private static String firstLine(RuntimeException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /**
     * Reads the manifest of a snapshot.
     *
     * @throws RecoveryException DAMAGED as {@link #parse} throws it, and when there is none
     */
    public static Manifest read(SnapshotReader snapshot, String where) throws InterruptedException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        try (BlobStream blobs = snapshot.open(Manifest.PATH)) {
            for (byte[] blob = blobs.next(); blob != null; blob = blobs.next()) {
                json.writeBytes(blob);
            }
        } catch (RepositoryException e) {
            if (e.kind() == RepositoryException.Kind.INVALID) {
                throw new RecoveryException(
                        Kind.DAMAGED,
                        where + " has no manifest",
                        "restore another snapshot, or this one with restic",
                        e);
            }
            throw e;
        }
        return parse(json.toByteArray(), where);
    }
}
