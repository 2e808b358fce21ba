package com.foodxchange.dr.repository;

/** A file of the repository that cannot be used, such as {@code snapshots/<id>}, and why. */
public record Damage(String file, String message) {}
