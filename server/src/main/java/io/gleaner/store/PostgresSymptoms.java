package io.gleaner.store;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what the server or initdb wrote before it gave up into one sentence with a cure. */
final class PostgresSymptoms {

    private static final int TAIL_LINES = 20;

    private static final Pattern SERIOUS =
            Pattern.compile("(?m)^.*?(?:FATAL|PANIC|initdb: error|postgres: error): +(.+)$");
    private static final Pattern PORT =
            Pattern.compile("Address already in use|could not create any TCP/IP sockets");

    /** The first that matches counts, so the more special ones come first. */
    private static final List<Symptom> SYMPTOMS =
            List.of(
                    new Symptom(
                            "could not (?:map|create|resize) (?:anonymous )?shared memory",
                            "PostgreSQL does not get the memory that it needs for data folder %s"
                                + " (%s): lower its setting shared_buffers or free some memory."),
                    new Symptom(
                            "No space left on device|Disk quota exceeded|File too large",
                            "The disk of data folder %s is full (%s): free some space and start"
                                    + " again, nothing was damaged."),
                    new Symptom(
                            "unrecognized configuration parameter|invalid value for"
                                    + " parameter|outside the valid range|requires a"
                                    + " (?:numeric|Boolean) value|syntax error in file",
                            "PostgreSQL refuses one of its settings in data folder %s (%s): correct"
                                    + " or drop that setting."),
                    new Symptom(
                            "lock file \"postmaster.pid\" already exists|pre-existing shared memory"
                                    + " block",
                            "Another PostgreSQL serves data folder %s (%s): stop it first."),
                    new Symptom(
                            "has wrong ownership|must be owned by|has invalid permissions",
                            "The database in data folder %s belongs to another user (%s): run"
                                    + " Gleaner as that user, or use another data folder."),
                    new Symptom(
                            "Permission denied|Operation not permitted",
                            "PostgreSQL may not use data folder %s (%s): change its owner or"
                                + " permissions, or those of the folders above it, or use another"
                                + " data folder."),
                    new Symptom(
                            "Read-only file system",
                            "The data folder %s is on a read-only file system (%s): use another"
                                    + " data folder."),
                    new Symptom(
                            "database files are incompatible",
                            "The database in data folder %s was made by another build of PostgreSQL"
                                + " (%s): use the Gleaner that made it, or another data folder."),
                    new Symptom(
                            "PANIC|valid checkpoint record|pg_control|invalid data in file|not a"
                                + " valid data directory|could not open (?:file|directory) \"|is"
                                + " not a database cluster directory|checksum|could not read file",
                            "The database in data folder %s is damaged (%s): Gleaner left it as it"
                                    + " is; bring it back from a backup, or move the folder away to"
                                    + " start empty."));

    private PostgresSymptoms() {}

    static EmbeddedPostgresException diagnose(Path dataFolder, String output) {
        for (Symptom symptom : SYMPTOMS) {
            Matcher matcher = symptom.pattern.matcher(output);
            if (matcher.find()) {
                return exception(symptom.sentence, dataFolder, line(output, matcher), output);
            }
        }
        String last = output.lines().reduce("it said nothing", (_, line) -> line);
        return exception(
                "PostgreSQL did not start in data folder %s (%s): look at its log in"
                        + " postgres/start.log there.",
                dataFolder, serious(output, last), output);
    }

    static boolean portTaken(String output) {
        return PORT.matcher(output).find();
    }

    private static EmbeddedPostgresException exception(
            String sentence, Path dataFolder, String detail, String output) {
        List<String> lines = output.lines().toList();
        String tail =
                String.join(
                        "\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
        return new EmbeddedPostgresException(sentence.formatted(dataFolder, detail), tail);
    }

    private static String line(String output, Matcher matcher) {
        int start = output.lastIndexOf('\n', matcher.start()) + 1;
        int end = output.indexOf('\n', matcher.end());
        return withoutPrefix(output.substring(start, end < 0 ? output.length() : end));
    }

    private static String serious(String output, String otherwise) {
        Matcher matcher = SERIOUS.matcher(output);
        return matcher.find() ? matcher.group(1) : withoutPrefix(otherwise);
    }

    /** "2026-11-23 23:11:52.136 UTC [10857] FATAL: x" is of use as "x" only. */
    private static String withoutPrefix(String line) {
        return line.replaceFirst("^.*?\\b(?:[A-Z]{3,}|error|warning): +", "").strip();
    }

    private record Symptom(Pattern pattern, String sentence) {
        Symptom(String pattern, String sentence) {
            this(Pattern.compile(pattern), sentence);
        }
    }
}
