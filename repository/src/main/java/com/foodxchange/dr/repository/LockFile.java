package com.foodxchange.dr.repository;

import java.time.Duration;
import java.time.Instant;

/** A file in {@code locks/}: who works on the repository. */
record LockFile(Instant time, boolean exclusive, String hostname, String username, long pid) {
    /** A lock that is not refreshed for so long belongs to nobody. */
    static final Duration STALE_AFTER = Duration.ofMinutes(30);

    static LockFile ofThisProcess(Instant time, boolean exclusive) {
        return new LockFile(time, exclusive, Machine.host(), Machine.user(), Machine.pid());
    }

    byte[] write() {
        return JsonWriter.write(json -> json.beginObject()
                .name("time")
                .value(time)
                .name("exclusive")
                .value(exclusive)
                .name("hostname")
                .value(hostname)
                .name("username")
                .value(username)
                .name("pid")
                .value(pid)
                .endObject());
    }

    static LockFile read(byte[] text) throws FormatException {
        Fields lock = new Fields();
        JsonReader.parse(
                text,
                json -> json.object(member -> {
                    switch (member) {
                        case "time" -> lock.time = GoTime.parse(json.string());
                        case "exclusive" -> lock.exclusive = json.bool();
                        case "hostname" -> lock.hostname = json.string();
                        case "username" -> lock.username = json.string();
                        case "pid" -> lock.pid = json.number(Long.MAX_VALUE);
                        default -> json.skip();
                    }
                }));
        return new LockFile(lock.time, lock.exclusive, lock.hostname, lock.username, lock.pid);
    }

    /** Whether the owner is gone: silent for 30 minutes, or dead on this machine. */
    boolean isStale(Instant now) {
        return time.plus(STALE_AFTER).isBefore(now) || (hostname.equals(Machine.host()) && !Machine.isRunning(pid));
    }

    private static final class Fields {
        Instant time = Instant.EPOCH;
        boolean exclusive;
        String hostname = "";
        String username = "";
        long pid;
    }
}
