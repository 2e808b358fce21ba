package com.foodxchange.dr.repository;

import java.util.List;

/** A pack and the blobs in it. */
record PackBlobs(BlobId pack, List<PackedBlob> blobs) {
    PackBlobs {
        blobs = List.copyOf(blobs);
    }

    /** The length of the pack that holds these blobs and nothing else. */
    long size() {
        long size = PackHeader.FRAME_BYTES;
        for (PackedBlob blob : blobs) {
            size += blob.length() + PackHeader.entryBytes(blob);
        }
        return size;
    }
}
