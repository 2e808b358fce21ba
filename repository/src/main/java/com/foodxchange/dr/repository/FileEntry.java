package com.foodxchange.dr.repository;

/** A file of a snapshot: its path from the root of the snapshot, without a leading slash, and its size in bytes. */
public record FileEntry(String path, long size) {}
