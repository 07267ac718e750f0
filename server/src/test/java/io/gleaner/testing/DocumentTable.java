package io.gleaner.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A table of a document, to be held true by a test that runs each of its rows. */
public final class DocumentTable {

    private DocumentTable() {}

    /**
     * The rows of the first table below a heading, without their code marks.
     *
     * @param document below {@code docs}
     */
    public static List<List<String>> below(String heading, String document) {
        try {
            return Files.readAllLines(Path.of("..", "docs", document)).stream()
                    .dropWhile(line -> !line.equals("## " + heading))
                    .skip(1)
                    .dropWhile(line -> !line.startsWith("|"))
                    .takeWhile(line -> line.startsWith("|"))
                    .skip(2)
                    .map(DocumentTable::cells)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String row) {
        return Arrays.stream(row.substring(1, row.lastIndexOf('|')).split("\\|", -1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }
}
