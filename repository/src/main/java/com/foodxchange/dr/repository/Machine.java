package com.foodxchange.dr.repository;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Who and where this process is, as keys and locks tell. */
final class Machine {
    private static final Path KERNEL_NAME = Path.of("/proc/sys/kernel/hostname");

    private Machine() {}

    static String host() {
        try {
            return Files.readString(KERNEL_NAME).strip();
        } catch (IOException e) {
            return lookedUp();
        }
    }

    private static String lookedUp() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return "unknown";
        }
    }

    static String user() {
        return System.getProperty("user.name", "unknown");
    }

    static long pid() {
        return ProcessHandle.current().pid();
    }

    static boolean isRunning(long pid) {
        return ProcessHandle.of(pid).isPresent();
    }
}
