package com.foodxchange.dr.repository;

/**
 * How far a snapshot has come.
 *
 * @param bytesRead bytes handed over
 * @param bytesNew of these, bytes that the repository did not have yet
 * @param bytesStored what the new blobs take compressed and encrypted
 * @param packs packs that are durably stored
 */
public record WriteStatistics(
        long bytesRead, long bytesNew, long bytesStored, long blobsNew, long blobsReused, long packs) {}
