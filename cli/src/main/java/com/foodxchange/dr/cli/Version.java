package com.foodxchange.dr.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** What {@code dr --version} says. */
final class Version implements IVersionProvider {
    /** As the build wrote it into the jar. */
    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "development");
    }

    @Override
    public String[] getVersion() {
        String java = System.getProperty("java.vm.name") + " " + Runtime.version();
        return new String[] {"dr " + number() + " (" + java + ", " + System.getProperty("os.arch") + ")"};
    }
}
