package io.gleaner.extract;

import org.jsoup.nodes.Element;

/** What is learnt of a table while scanning, to tell data from a table that only places things. */
final class TableShape {

    private final boolean presentation;
    private final boolean placed;
    private int rows;
    private boolean headed;
    private boolean blocks;
    private int columns;
    private int columnsMost;

    TableShape(Element table) {
        String role = table.attr("role");
        placed = table.attr("border").equals("0") || table.hasAttr("cellpadding");
        presentation = role.equals("presentation") || role.equals("none");
    }

    void row() {
        columns = 0;
        rows++;
    }

    void cell(boolean header) {
        headed |= header;
        columnsMost = Math.max(columnsMost, ++columns);
    }

    /** A list, heading, code block or table stands inside. */
    void block() {
        blocks = true;
    }

    boolean isLayout() {
        return presentation
                || columnsMost == 0
                || (!headed && (blocks || columnsMost == 1 || (placed && rows <= 1)));
    }
}
