package io.gleaner.postgres;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the server or initdb wrote before it gave up, and what that means in one sentence. The first
 * that is found counts, so the more special ones come first.
 */
enum PostgresSymptom {
    MEMORY(
            """
            PostgreSQL does not get the memory that it needs for data folder %s (%s): \
            lower its setting shared_buffers or free some memory.\
            """,
            "could not (map|create|resize) (anonymous )?shared memory"),
    DISK_FULL(
            """
            The disk of data folder %s is full (%s): \
            free some space and start again, nothing was damaged.\
            """,
            "No space left on device", "Disk quota exceeded"),
    SETTING(
            """
            PostgreSQL refuses one of its settings in data folder %s (%s): \
            correct or drop that setting.\
            """,
            "unrecognized configuration parameter",
            "invalid value for parameter",
            "outside the valid range",
            "requires a (numeric|Boolean) value",
            "syntax error in file"),
    IN_USE(
            "Another PostgreSQL serves data folder %s (%s): stop it first.",
            "lock file \"postmaster.pid\" already exists", "pre-existing shared memory block"),
    OWNER(
            """
            The database in data folder %s belongs to another user (%s): \
            run Gleaner as that user, or use another data folder.\
            """,
            "has wrong ownership", "must be owned by", "has invalid permissions"),
    PERMISSION(
            """
            PostgreSQL may not use data folder %s (%s): \
            change its owner or permissions, or those of the folders above it, \
            or use another data folder.\
            """,
            "Permission denied", "Operation not permitted"),
    READ_ONLY(
            """
            The data folder %s is on a read-only file system (%s): \
            use another data folder.\
            """,
            "Read-only file system"),
    OTHER_BUILD(
            """
            The database in data folder %s was made by another build of PostgreSQL (%s): \
            use the Gleaner that made it, or another data folder.\
            """,
            "database files are incompatible"),
    PASSWORD(
            """
            The database in data folder %s does not accept the password kept there (%s): \
            put the right one back into postgres/18/gleaner.password.\
            """,
            "password authentication failed"),
    DAMAGED(
            """
            The database in data folder %s is damaged (%s): Gleaner left it as it is; \
            bring it back from a backup, or move the folder away to start empty.\
            """,
            "PANIC",
            "valid checkpoint record",
            "pg_control",
            "invalid data in file",
            "invalid page",
            "incorrect checksum",
            "not a valid data directory",
            "is not a database cluster directory",
            "could not (open|read) (file|directory) \""),
    UNKNOWN(
            """
            PostgreSQL does not run in data folder %s (%s): \
            look at its logs there, postgres/start.log and postgres/18/log.\
            """,
            "(FATAL|initdb: error|postgres: error): .+", "\\z");

    private static final int TAIL_LINES = 20;
    private static final Pattern PORT =
            Pattern.compile("Address already in use|could not create any TCP/IP sockets");

    // "2026-11-23 23:11:52.136 UTC [10857] FATAL:  x" is of use as "x" only.
    private static final Pattern PREFIX = Pattern.compile("^.*?\\b(?:[A-Z]{3,}|error|warning): +");

    private final String sentence;
    private final Pattern pattern;

    PostgresSymptom(String sentence, String... phrases) {
        this.sentence = sentence;
        this.pattern = Pattern.compile(String.join("|", phrases));
    }

    static EmbeddedPostgresException diagnose(Path dataFolder, String output) {
        String text = output.isBlank() ? "it said nothing" : output.strip();
        for (PostgresSymptom symptom : values()) {
            Matcher matcher = symptom.pattern.matcher(text);
            if (matcher.find()) {
                return new EmbeddedPostgresException(
                        symptom.sentence.formatted(dataFolder, line(text, matcher)), tail(text));
            }
        }
        throw new IllegalStateException("the last symptom matches everything");
    }

    static boolean portTaken(String output) {
        return PORT.matcher(output).find();
    }

    /** The line of the match, or the last one if it is at the end. */
    private static String line(String text, Matcher matcher) {
        int start = text.lastIndexOf('\n', matcher.start() - 1) + 1;
        int end = text.indexOf('\n', matcher.end());
        String line = text.substring(start, end < 0 ? text.length() : end);
        return PREFIX.matcher(line).replaceFirst("").strip();
    }

    private static String tail(String text) {
        List<String> lines = text.lines().toList();
        return String.join(
                "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }
}
