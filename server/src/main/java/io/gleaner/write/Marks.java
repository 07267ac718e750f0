package io.gleaner.write;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** The emphasis and links in force on a sheet: opened when text follows, closed behind it. */
final class Marks {

    private final StringBuilder out;
    private final List<Mark> marks = new ArrayList<>();
    private int unopened;
    private int closedAt = -1;
    private @Nullable Mark closed;

    Marks(StringBuilder out) {
        this.out = out;
    }

    /** Puts a mark in force, unless one of its kind already is. */
    void add(Mark mark) {
        if (!contains(mark.kind)) {
            marks.add(mark);
            unopened++;
        }
    }

    void remove(Element owner) {
        if (marks.isEmpty() || !marks.getLast().owner.equals(owner)) {
            return;
        }
        var mark = marks.removeLast();
        if (mark.open) {
            close(mark);
        } else {
            unopened--;
        }
    }

    boolean contains(Mark.Kind kind) {
        for (int i = 0; i < marks.size(); i++) {
            if (marks.get(i).kind == kind) {
                return true;
            }
        }
        return false;
    }

    /** Closes all at the end of a block; the next text opens them again. */
    void suspend() {
        if (unopened == marks.size()) {
            return;
        }
        for (var mark : marks.reversed()) {
            if (mark.open) {
                close(mark);
                mark.open = false;
                unopened++;
            }
        }
    }

    private void close(Mark mark) {
        mark.closeOn(out);
        closedAt = out.length();
        closed = mark;
    }

    /** A closer between punctuation and a letter does not close (CommonMark 6.2, flanking). */
    void separate(char first) {
        if (out.length() != closedAt
                || closed == null
                || closed.kind == Mark.Kind.LINK
                || unopened > 0) {
            return;
        }
        int before = closedAt - closed.kind.opener.length() - 1;
        if (Escape.isWord(first) && before >= 0 && Escape.isPunctuation(out.charAt(before))) {
            if (isUnspaced(first)) {
                withdraw(closed);
            } else {
                out.append(' ');
            }
        }
    }

    /** In a script without blanks one would be wrong: then there is no emphasis. */
    private void withdraw(Mark mark) {
        int opener = mark.kind.opener.length();
        out.setLength(out.length() - opener);
        out.delete(mark.openedAt, mark.openedAt + opener);
        closedAt = -1;
    }

    private static boolean isUnspaced(char c) {
        return c >= '\u3000' && c < '\ua4d0';
    }

    /** Opens what is in force, before the first character of a text. */
    void open(char first, boolean lineStart) {
        if (unopened == 0) {
            return;
        }
        for (var mark : marks) {
            if (!mark.open) {
                if (lineStart) {
                    mark.openedAt = out.length();
                    out.append(mark.kind.opener);
                } else {
                    openInside(mark, first);
                }
                mark.open = true;
            }
        }
        unopened = 0;
    }

    private void openInside(Mark mark, char first) {
        int end = out.length();
        boolean link = mark.kind == Mark.Kind.LINK;
        if (link) {
            Escape.closingBracket(out);
            end = out.length();
        }
        if (end == closedAt && closed != null && closed.kind != Mark.Kind.LINK && !link) {
            if (closed.kind == mark.kind) {
                // The same emphasis goes on: its closer was not needed.
                out.setLength(end - mark.kind.opener.length());
                closedAt = -1;
                return;
            }
            out.append(' ');
        } else if (end > 0 && link && out.charAt(end - 1) == '!') {
            out.insert(end - 1, '\\');
        } else if (end > 0 && !link && isTight(out.charAt(end - 1), first)) {
            out.append(' ');
        }
        mark.openedAt = out.length();
        out.append(mark.kind.opener);
    }

    /** An opener between a letter and punctuation does not open. */
    private static boolean isTight(char before, char first) {
        return Escape.isWord(before) && Escape.isPunctuation(first);
    }
}
