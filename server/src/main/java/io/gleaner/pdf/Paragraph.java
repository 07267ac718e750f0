package io.gleaner.pdf;

import java.util.List;

/** Lines that belong together. */
record Paragraph(List<Line> lines) {

    /** A heading is short. */
    private static final int HEADING_CHARS_MAX = 200;

    float size() {
        float size = 0;
        for (Line line : lines) {
            size = Math.max(size, line.size());
        }
        return size;
    }

    int chars() {
        return lines.stream().mapToInt(Line::chars).sum();
    }

    boolean mayBeHeading() {
        return chars() <= HEADING_CHARS_MAX && lines.stream().anyMatch(Line::hasLetter);
    }
}
