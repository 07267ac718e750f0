package io.gleaner.postgres;

import java.util.Locale;

/**
 * The PostgreSQL that comes with Gleaner, for one operating system and processor.
 *
 * @param system {@code linux} or {@code darwin}
 * @param processor {@code x86_64} or {@code arm_64}
 */
record PostgresPlatform(String system, String processor) {

    static final String VERSION = "18.6";
    static final String MAJOR = "18";

    static PostgresPlatform current() {
        return of(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** Translates what Java calls a platform to what the binaries' archives are called. */
    static PostgresPlatform of(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("linux") ? "linux" : os.startsWith("mac") ? "darwin" : "";
        String processor =
                switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "x86_64";
                    case "aarch64", "arm64" -> "arm_64";
                    default -> "";
                };
        if (system.isEmpty() || processor.isEmpty()) {
            throw missing(osName + " on " + osArch);
        }
        return new PostgresPlatform(system, processor);
    }

    /** The archive's name on the class path. */
    String archive() {
        return "postgres-%s-%s.txz".formatted(system, processor);
    }

    static EmbeddedPostgresException missing(String platform) {
        return new EmbeddedPostgresException(
                "This Gleaner has no embedded PostgreSQL for %s: run it against a PostgreSQL server of your own (GLEANER_DATABASE_URL)."
                        .formatted(platform));
    }
}
