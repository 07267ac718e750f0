package io.gleaner.write;

import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.select.Effort;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Writes a tree as plain text: a line for each block, tabs between table cells. */
public final class TextWriter implements TreeWalk.Visitor {

    private final StringBuilder out = new StringBuilder(CHARS_LIKELY);
    private static final int CHARS_LIKELY = 4096;
    private final int charsMax;
    private char gap;
    private int preDepth;
    private int cells;
    private int tabs;

    private TextWriter(int charsMax) {
        this.charsMax = charsMax;
    }

    public static String of(List<Element> roots, int charsMax, Effort effort) {
        var writer = new TextWriter(charsMax);
        for (var root : roots) {
            TreeWalk.over(root, effort, writer);
        }
        return writer.out.toString();
    }

    public static String of(Element root, int charsMax, Effort effort) {
        return of(List.of(root), charsMax, effort);
    }

    /** Owes white space: a newline outranks a tab, a tab outranks a space. */
    private void owe(char c) {
        if (gap == 0 || c == '\n' || (c == '\t' && gap == ' ')) {
            gap = c;
        }
    }

    @Override
    public boolean enter(Element element) {
        var role = Role.of(element);
        if (Visibility.hides(element, role)) {
            if (MathText.isScript(element)) {
                line(MathText.of(element));
            }
            return false;
        }
        if (role == Role.PRE) {
            preDepth++;
        }
        if (role == Role.CELL) {
            startCell(element);
        } else if (role == Role.SUPERSCRIPT || role == Role.SUBSCRIPT) {
            String raised =
                    Raised.of(
                            gap == 0 && !out.isEmpty() ? out.charAt(out.length() - 1) : ' ',
                            element);
            if (raised != null) {
                line(raised);
                return false;
            }
        } else if (role == Role.MATH) {
            line(MathText.of(element));
            return false;
        } else if (role == Role.READING) {
            line("(" + Escape.oneLine(element.wholeText()) + ")");
            return false;
        } else if (role.isBlock() || role == Role.LINE_BREAK) {
            owe('\n');
        }
        return true;
    }

    @Override
    public void leave(Element element) {
        var role = Role.of(element);
        if (role == Role.PRE) {
            preDepth--;
        }
        if (role == Role.CELL) {
            cells++;
        } else if (role == Role.ROW) {
            cells = 0;
            owe('\n');
        } else if (role.isBlock()) {
            owe('\n');
        }
    }

    @Override
    public void text(TextNode node) {
        String s = Escape.visible(node.getWholeText());
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (!Escape.isSpace(c)) {
                write(c);
            } else if (preDepth == 0) {
                owe(' ');
            } else if (c == '\n') {
                owe('\n');
            } else {
                // Indentation inside code says something; blank lines do not.
                write(c == '\u00a0' ? ' ' : c);
            }
        }
    }

    /** A tab for each cell before it in its row, the empty ones too. */
    private void startCell(Element cell) {
        if (isFirst(cell)) {
            cells = 0;
            owe('\n');
        }
        if (cells > 0) {
            owe('\t');
            tabs++;
        }
    }

    private static boolean isFirst(Element cell) {
        return cell.previousElementSibling() == null;
    }

    private void line(String s) {
        for (int i = 0; i < s.length(); i++) {
            write(s.charAt(i));
        }
    }

    private void write(char c) {
        pay();
        out.append(c);
        if (out.length() > charsMax) {
            throw Limits.tooLong(charsMax);
        }
    }

    private void pay() {
        if (gap == '\n' && tabs > 0 && !out.isEmpty()) {
            out.append(gap);
        }
        if (tabs > 0) {
            out.append("\t".repeat(tabs));
        } else if (gap != 0 && !out.isEmpty()) {
            out.append(gap);
        }
        tabs = 0;
        gap = 0;
    }
}
