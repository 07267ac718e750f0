package io.gleaner.perf.report;

import java.util.List;

/** Rows of a report. */
public record Table(String title, List<String> columns, List<List<String>> rows) {

    public Table {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
        for (List<String> row : rows) {
            if (row.size() != columns.size()) {
                throw new IllegalArgumentException(
                        "%s: a row has %d cells instead of %d"
                                .formatted(title, row.size(), columns.size()));
            }
        }
    }
}
