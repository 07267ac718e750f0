package io.gleaner.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Any number of lines, sorted by code points as {@code LC_ALL=C sort} does: in temporary files,
 * each sorted in memory, that are merged at the end.
 */
final class SortedLines implements AutoCloseable {

    static final int IN_MEMORY_MAX = 20_000;

    private final int inMemoryMax;
    private final List<Path> runs = new ArrayList<>();
    private List<String> lines = new ArrayList<>();

    SortedLines() {
        this(IN_MEMORY_MAX);
    }

    SortedLines(int inMemoryMax) {
        this.inMemoryMax = inMemoryMax;
    }

    /** Adds a line of ASCII. */
    void add(String line) throws IOException {
        lines.add(line);
        if (lines.size() == inMemoryMax) {
            spill();
        }
    }

    private void spill() throws IOException {
        lines.sort(Comparator.naturalOrder());
        Path run = Files.createTempFile("gleaner-lines", null);
        runs.add(run);
        Files.write(run, lines, UTF_8);
        lines = new ArrayList<>();
    }

    void writeTo(OutputStream out) throws IOException {
        spill();
        var open = new ArrayList<BufferedReader>();
        try {
            var heads = new PriorityQueue<Head>(Comparator.comparing(Head::line));
            for (Path run : runs) {
                BufferedReader reader = Files.newBufferedReader(run, UTF_8);
                open.add(reader);
                pull(reader, heads);
            }
            for (Head head = heads.poll(); head != null; head = heads.poll()) {
                out.write((head.line + "\n").getBytes(UTF_8));
                pull(head.rest, heads);
            }
        } finally {
            for (BufferedReader reader : open) {
                reader.close();
            }
        }
    }

    private static void pull(BufferedReader reader, PriorityQueue<Head> heads) throws IOException {
        String line = reader.readLine();
        if (line != null) {
            heads.add(new Head(line, reader));
        }
    }

    private record Head(String line, BufferedReader rest) {}

    @Override
    public void close() throws IOException {
        for (Path run : runs) {
            Files.deleteIfExists(run);
        }
    }
}
