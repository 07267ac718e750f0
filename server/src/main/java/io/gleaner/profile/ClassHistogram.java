package io.gleaner.profile;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lives on the heap of a process, by class, right after a full collection.
 *
 * @param bytesByClass names as the JVM writes them, such as {@code [B}
 */
public record ClassHistogram(Map<String, Long> bytesByClass) {

    // "   1:         44735        3842320  [B (java.base@25)"
    private static final Pattern ROW = Pattern.compile("\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+(\\S+).*");

    public ClassHistogram {
        bytesByClass = Map.copyOf(bytesByClass);
    }

    /**
     * Collects and counts, by the JDK's {@code jcmd PID GC.class_histogram}.
     *
     * @throws IOException when the process cannot be asked: it has ended, is another user's, or
     *     this is no JDK
     */
    public static ClassHistogram of(long pid) throws IOException, InterruptedException {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Process process =
                new ProcessBuilder(jcmd, String.valueOf(pid), "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String output;
        try (var reader = process.inputReader()) {
            output = String.join("\n", reader.readAllLines());
        }
        if (process.waitFor() != 0) {
            throw new IOException("jcmd cannot ask process %d: %s".formatted(pid, output));
        }
        return parse(output);
    }

    static ClassHistogram parse(String output) {
        Map<String, Long> bytes = new HashMap<>();
        for (String line : output.split("\n", -1)) {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                // Classes of one name may come from several loaders.
                bytes.merge(row.group(2), Long.valueOf(row.group(1)), Long::sum);
            }
        }
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("no histogram: " + output);
        }
        return new ClassHistogram(bytes);
    }

    /** Bytes of all that lives. */
    public long liveBytes() {
        return bytesByClass.values().stream().mapToLong(Long::longValue).sum();
    }

    /** The classes that take most more than before, as {@code +12345 NAME}, the largest first. */
    public List<String> growersSince(ClassHistogram before, int most) {
        return bytesByClass.entrySet().stream()
                .map(
                        now ->
                                Map.entry(
                                        now.getKey(),
                                        now.getValue()
                                                - before.bytesByClass.getOrDefault(
                                                        now.getKey(), 0L)))
                .filter(grown -> grown.getValue() > 0)
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(most)
                .map(grown -> "+%d %s".formatted(grown.getValue(), grown.getKey()))
                .toList();
    }
}
