package io.gleaner.write;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;

/** The cells of one data table, and how they read in GitHub-flavoured Markdown. */
final class TableRows {

    /** Wider tables lose their last columns: a span is a number that costs nothing to write. */
    private static final int COLUMNS_MAX = 200;

    private static final int ROW_SPAN_MAX = 1_000;

    final Element owner;
    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> alignments = new ArrayList<>();
    private final int[] spanned = new int[COLUMNS_MAX];
    private boolean headed;

    TableRows(Element owner) {
        this.owner = owner;
    }

    void startRow() {
        rows.add(new ArrayList<>());
    }

    /** Adds a finished cell to the last row. */
    void add(Element cell, String text) {
        if (rows.isEmpty()) {
            startRow();
        }
        var row = rows.getLast();
        skipSpanned(row);
        if (rows.size() == 1) {
            headed = (row.isEmpty() || headed) && isHeader(cell);
        }
        int columns = span(cell, "colspan", COLUMNS_MAX);
        int rowSpan = span(cell, "rowspan", ROW_SPAN_MAX);
        String safe = text.replace("|", "\\|");
        for (int i = 0; i < columns && row.size() < COLUMNS_MAX; i++) {
            spanned[row.size()] = rowSpan - 1;
            if (rows.size() == 1) {
                alignments.add(alignment(cell));
            }
            row.add(i == 0 ? safe : "");
        }
    }

    /** Leaves columns free that a cell of an earlier row reaches into. */
    private void skipSpanned(List<String> row) {
        while (row.size() < COLUMNS_MAX && spanned[row.size()] > 0) {
            spanned[row.size()]--;
            row.add("");
        }
    }

    private static boolean isHeader(Element cell) {
        if (cell.normalName().equals("th")) {
            return true;
        }
        var row = cell.parent();
        var section = row == null ? null : row.parent();
        return section != null && section.normalName().equals("thead");
    }

    private static int span(Element cell, String name, int max) {
        if (!cell.hasAttr(name)) {
            return 1;
        }
        return Math.clamp(Numbers.leading(cell.attr(name), 1), 1, max);
    }

    private static String alignment(Element cell) {
        String style = cell.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
        String align = cell.attr("align").toLowerCase(Locale.ROOT);
        if (align.equals("right") || style.contains("text-align:right")) {
            return "---:";
        }
        if (align.equals("center") || style.contains("text-align:center")) {
            return ":---:";
        }
        return align.equals("left") || style.contains("text-align:left") ? ":---" : "---";
    }

    /**
     * The lines of the table; none if every cell is empty. A table without a header gets an empty
     * one.
     */
    List<String> lines() {
        boolean emptyHead = headed && !rows.isEmpty() && isEmpty(rows.getFirst());
        rows.removeIf(TableRows::isEmpty);
        headed &= !emptyHead;
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        if (columns == 0) {
            return List.of();
        }
        var lines = new ArrayList<String>(rows.size() + 2);
        lines.add(line(headed ? rows.getFirst() : List.of(), columns));
        var delimiter =
                new ArrayList<>(alignments.subList(0, Math.min(columns, alignments.size())));
        while (delimiter.size() < columns) {
            delimiter.add("---");
        }
        lines.add(line(delimiter, columns));
        for (var row : rows.subList(headed ? 1 : 0, rows.size())) {
            lines.add(line(row, row.size()));
        }
        return lines;
    }

    private static boolean isEmpty(List<String> row) {
        return row.stream().allMatch(String::isEmpty);
    }

    private static String line(List<String> cells, int columns) {
        var line = new StringBuilder("|");
        for (int i = 0; i < columns; i++) {
            line.append(' ').append(i < cells.size() ? cells.get(i) : "").append(" |");
        }
        return line.toString();
    }
}
