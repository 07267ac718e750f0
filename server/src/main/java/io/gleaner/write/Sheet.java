package io.gleaner.write;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Markdown being written. Everything that may turn out to be unnecessary is owed, not written:
 * white space, line breaks, list markers, emphasis. It is paid when text follows, so that no marker
 * stands empty and white space ends up outside of emphasis.
 */
final class Sheet {

    /** Deeper lists and quotes are written at this depth: bounds the length of a line's prefix. */
    private static final int CONTAINERS_MAX = 32;

    private final StringBuilder out;
    private final StringBuilder gap = new StringBuilder();
    private final List<Container> containers = new ArrayList<>();
    private final Marks marks;
    private final boolean cell;
    private final int charsMax;

    private @Nullable Element heading;
    private String lead = "";
    private int separation = 1;
    private int breaks;
    private boolean lineStart = true;

    /**
     * @param cell whether this is a table cell: one line, its blocks separated by {@code <br>}
     * @param charsLikely for which there is room from the beginning
     */
    Sheet(boolean cell, int charsMax, int charsLikely) {
        this.out = new StringBuilder(Math.min(charsLikely, charsMax));
        this.marks = new Marks(out);
        this.cell = cell;
        this.charsMax = charsMax;
    }

    String text() {
        return out.toString();
    }

    boolean isCell() {
        return cell;
    }

    boolean inHeading() {
        return heading != null;
    }

    boolean isEmpty() {
        return out.isEmpty();
    }

    /** The character that a text would stand behind; a blank at the start of a line. */
    char before() {
        boolean apart = separation > 0 || breaks > 0 || !gap.isEmpty() || out.isEmpty();
        return apart ? ' ' : out.charAt(out.length() - 1);
    }

    /** Whether the heading that is open has something already. */
    boolean headingBegun() {
        return heading != null && lead.isEmpty();
    }

    /** Ends a heading that its page forgot to end. */
    void leaveHeading() {
        var open = heading;
        if (open != null) {
            endHeading(open);
        }
    }

    int length() {
        return out.length();
    }

    /** Whether the innermost list item has nothing yet. */
    boolean startsItem(Element item) {
        return !containers.isEmpty()
                && containers.getLast().owner.equals(item)
                && !containers.getLast().begun;
    }

    /** Owes the start of a new block: 2 with a blank line before it, 1 without. */
    void block(int newlines) {
        if (heading != null) {
            space();
            return;
        }
        marks.suspend();
        // A block that opens an item stands on the item's own line.
        boolean opensItem = separation > 0 && !containers.isEmpty() && !containers.getLast().begun;
        separation = opensItem ? separation : Math.max(separation, newlines);
        gap.setLength(0);
        breaks = 0;
    }

    /** A block that follows what is before it without a blank line. */
    void tightBlock() {
        block(1);
        separation = Math.min(separation, 1);
    }

    void space() {
        if (gap.isEmpty() || gap.charAt(gap.length() - 1) != ' ') {
            gap.append(' ');
        }
    }

    void lineBreak() {
        if (heading != null) {
            space();
        } else if (++breaks > 1) {
            block(2);
        } else {
            gap.setLength(0);
        }
    }

    void startHeading(Element owner, int level) {
        block(2);
        if (heading == null && !cell) {
            heading = owner;
            lead = "#".repeat(level) + " ";
        }
    }

    void endHeading(Element owner) {
        if (owner.equals(heading)) {
            heading = null;
            lead = "";
        }
        block(2);
    }

    void open(Container container) {
        if (containers.size() < CONTAINERS_MAX && !cell && heading == null) {
            containers.add(container);
        }
    }

    void close(Element owner) {
        if (!containers.isEmpty() && containers.getLast().owner.equals(owner)) {
            containers.removeLast();
        }
    }

    void mark(Mark mark) {
        marks.add(mark);
    }

    void unmark(Element owner) {
        marks.remove(owner);
    }

    /** Running text: white space is collapsed, what looks like Markdown is escaped. */
    void text(String written) {
        String s = Escape.visible(written);
        boolean inLink = marks.contains(Mark.Kind.LINK);
        int i = 0;
        while (i < s.length()) {
            char c = s.charAt(i);
            if (!Escape.isSpace(c)) {
                i = run(s, i, inLink);
            } else {
                if (c == '\u00a0') {
                    gap.append(c);
                } else {
                    space();
                }
                i++;
            }
        }
    }

    /** Writes up to the next white space that is not a single space; returns where that is. */
    private int run(String s, int from, boolean inLink) {
        prepare(s.charAt(from));
        if (Escape.beginsTarget(s.charAt(from))) {
            Escape.closingBracket(out);
        }
        int start = from;
        int i = from;
        int lineEscape = lineStart ? Escape.atLineStart(s, from) : -1;
        lineStart = false;
        if (lineEscape >= 0) {
            out.append(s, from, lineEscape).append('\\');
            start = lineEscape;
            i = lineEscape + 1;
        }
        i = Escape.plainEnd(s, i);
        while (i < s.length() && !Escape.isSpace(s.charAt(i))) {
            if (Escape.inText(s, i, inLink, heading != null)) {
                out.append(s, start, i).append('\\');
                start = i;
            }
            i = Escape.plainEnd(s, i + 1);
        }
        out.append(s, start, i);
        return i;
    }

    /** A piece of inline Markdown, written as it is. */
    void raw(String piece) {
        prepare(piece.charAt(0));
        lineStart = false;
        out.append(piece);
    }

    /** A code span: its backticks must not run into those of another. */
    void code(String span) {
        prepare('`');
        lineStart = false;
        if (!out.isEmpty() && out.charAt(out.length() - 1) == '`') {
            out.append(' ');
        }
        out.append(span);
    }

    /** A block of lines, each written as it is behind the containers' prefix. */
    void lines(List<String> lines) {
        block(2);
        for (String line : lines) {
            separation = Math.max(separation, 1);
            newLine();
            out.append(line);
            if (line.isEmpty()) {
                trimLineEnd();
            }
        }
        lineStart = false;
        block(2);
    }

    private void prepare(char first) {
        if (separation > 0) {
            newLine();
        } else if (breaks > 0) {
            out.append(cell ? "<br>" : "  ");
            if (!cell) {
                newLine();
            }
        } else if (!gap.isEmpty() && !lineStart) {
            out.append(gap);
        } else {
            marks.separate(first);
        }
        gap.setLength(0);
        breaks = 0;
        marks.open(first, lineStart);
    }

    /** Pays what is owed before a line: newlines and the containers' prefix. */
    private void newLine() {
        if (out.length() > charsMax) {
            throw Limits.tooLong(charsMax);
        }
        if (cell) {
            if (!out.isEmpty()) {
                out.append("<br>");
            }
        } else {
            if (!out.isEmpty()) {
                out.append('\n');
                if (separation > 1) {
                    blankLine();
                }
            }
            for (var container : containers) {
                out.append(container.begun ? container.rest : container.first);
                container.begun = true;
            }
            out.append(lead);
        }
        lineStart = !cell && lead.isEmpty();
        lead = "";
        separation = 0;
    }

    private void blankLine() {
        for (var container : containers) {
            if (container.begun) {
                out.append(container.rest);
            }
        }
        trimLineEnd();
        out.append('\n');
    }

    private void trimLineEnd() {
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == ' ') {
            end--;
        }
        out.setLength(end);
    }
}
