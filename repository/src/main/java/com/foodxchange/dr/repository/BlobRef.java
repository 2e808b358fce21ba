package com.foodxchange.dr.repository;

/** A blob of a file: its id and the length of its plaintext in bytes. */
public record BlobRef(BlobId id, int length) {}
