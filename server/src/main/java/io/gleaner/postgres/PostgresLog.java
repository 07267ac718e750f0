package io.gleaner.postgres;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the server has written since a moment: first to the file that pg_ctl gives it, later to the
 * one that its log collector opens.
 *
 * @param sizes of the collector's files at that moment
 */
record PostgresLog(Path started, Path folder, Map<Path, Long> sizes) {

    static final String FOLDER = "log";
    static final String STARTED = "start.log";
    private static final int TAIL_BYTES_MAX = 64 * 1024;

    /** From now on; what pg_ctl's file holds from an earlier start is dropped. */
    static PostgresLog since(DataFolder data) throws IOException {
        Path started = data.postgres().resolve(STARTED);
        Files.deleteIfExists(started);
        Path folder = data.cluster().resolve(FOLDER);
        Map<Path, Long> sizes = new HashMap<>();
        for (Path file : files(folder)) {
            sizes.put(file, Files.size(file));
        }
        return new PostgresLog(started, folder, Map.copyOf(sizes));
    }

    String read() throws IOException {
        StringBuilder text = new StringBuilder();
        if (Files.exists(started)) {
            text.append(tail(started, 0));
        }
        for (Path file : files(folder)) {
            long from = sizes.getOrDefault(file, 0L);
            // A smaller file is last week's, overwritten.
            text.append(tail(file, Files.size(file) < from ? 0 : from));
        }
        return text.toString();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (Files.notExists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static String tail(Path file, long from) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
            long start = Math.max(from, in.length() - TAIL_BYTES_MAX);
            byte[] bytes = new byte[(int) (in.length() - start)];
            in.seek(start);
            in.readFully(bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
