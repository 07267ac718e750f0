package io.gleaner.write;

import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.select.Effort;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** Writes a tree as GitHub-flavoured Markdown, in one walk. */
public final class MarkdownWriter implements TreeWalk.Visitor {

    private static final int CELL_CHARS_LIKELY = 64;

    private final Set<Element> layoutTables;
    private final Effort effort;
    private final UrlResolver urls;
    private final ImageSource images;
    private final int charsMax;
    private final Sheet page;
    private final Lists lists = new Lists();

    private Sheet sheet;
    private @Nullable CodeCapture code;
    private @Nullable TableRows table;
    private @Nullable Element cell;

    /**
     * @param layoutTables tables that only place things
     * @param textChars of the page, about
     */
    public MarkdownWriter(
            Set<Element> layoutTables,
            int textChars,
            UrlResolver urls,
            Limits limits,
            Effort effort) {
        this.layoutTables = layoutTables;
        this.effort = effort;
        this.urls = urls;
        this.images = new ImageSource(urls);
        this.charsMax = limits.productCharsMax();
        // The text, and a quarter for the marks and the addresses of links.
        this.page = new Sheet(false, charsMax, textChars / 4 * 5);
        this.sheet = page;
    }

    public String write(List<Element> roots) {
        for (var root : roots) {
            TreeWalk.over(root, effort, this);
        }
        return page.text();
    }

    @Override
    public void text(TextNode node) {
        if (code != null) {
            code.append(node.getWholeText());
        } else {
            sheet.text(node.getWholeText());
        }
    }

    @Override
    public boolean enter(Element element) {
        var role = Role.of(element);
        if (role == Role.INLINE && element.attributesSize() == 0) {
            return true;
        }
        if (Visibility.hides(element, role)) {
            if (role == Role.HIDDEN && code == null) {
                if (MathText.isScript(element)) {
                    startMath(element);
                } else {
                    embed(element);
                }
            }
            return false;
        }
        if (endsHeading(element, role)) {
            sheet.leaveHeading();
        }
        if (code != null) {
            return enterCode(code, role);
        }
        switch (role) {
            case HIDDEN, BUTTON -> {}
            case INLINE -> styled(element);
            case BLOCK -> sheet.block(2);
            case HEADING -> sheet.startHeading(element, element.normalName().charAt(1) - '0');
            case LIST -> lists.start(element, sheet);
            case ITEM -> lists.item(element, sheet);
            case QUOTE -> {
                sheet.block(2);
                sheet.open(new Container(element, "> ", "> "));
            }
            case PRE -> {
                sheet.block(2);
                code = new CodeCapture(element, true);
            }
            case CODE -> code = new CodeCapture(element, false);
            case STRONG -> {
                if (!Style.isNormalWeight(element)) {
                    sheet.mark(new Mark(Mark.Kind.STRONG, element, ""));
                }
            }
            case SUPERSCRIPT, SUBSCRIPT -> {
                String raised = Raised.of(sheet.before(), element);
                if (raised != null) {
                    sheet.text(raised);
                    return false;
                }
            }
            case READING -> {
                sheet.text("(" + Escape.oneLine(element.wholeText()) + ")");
                return false;
            }
            case EMPHASIS -> sheet.mark(new Mark(Mark.Kind.EMPHASIS, element, ""));
            case STRIKE -> sheet.mark(new Mark(Mark.Kind.STRIKE, element, ""));
            case QUOTATION -> sheet.raw("“");
            case LINK -> startLink(element);
            case IMAGE -> image(element);
            case CHECKBOX -> checkbox(element);
            case LINE_BREAK -> sheet.lineBreak();
            case RULE -> rule();
            case TABLE -> startTable(element);
            case ROW -> startRow();
            case CELL -> startCell(element);
            case TERM -> startTerm(element);
            case SUMMARY -> {
                sheet.block(2);
                sheet.mark(new Mark(Mark.Kind.STRONG, element, ""));
            }
            case MATH -> {
                return startMath(element);
            }
        }
        return true;
    }

    private static boolean enterCode(CodeCapture code, Role role) {
        if (role == Role.LINE_BREAK) {
            code.lineBreak();
        } else if (role.isBlock()) {
            code.newLine();
        }
        return true;
    }

    @Override
    public void leave(Element element) {
        if (code != null) {
            leaveCode(code, element);
            return;
        }
        var role = Role.of(element);
        switch (role) {
            case HIDDEN,
                    BUTTON,
                    IMAGE,
                    CHECKBOX,
                    LINE_BREAK,
                    RULE,
                    PRE,
                    CODE,
                    MATH,
                    SUPERSCRIPT,
                    SUBSCRIPT,
                    READING -> {}
            case BLOCK, ROW -> sheet.block(sheet.isCell() || role == Role.BLOCK ? 2 : 1);
            case HEADING -> sheet.endHeading(element);
            case LIST -> lists.end(element, sheet);
            case ITEM -> {
                sheet.block(1);
                sheet.close(element);
            }
            case QUOTE -> {
                sheet.block(2);
                sheet.close(element);
            }
            case INLINE, STRONG, EMPHASIS, STRIKE, LINK -> sheet.unmark(element);
            case QUOTATION -> sheet.raw("”");
            case TABLE -> endTable(element);
            case CELL -> endCell(element);
            case TERM, SUMMARY -> {
                sheet.unmark(element);
                sheet.block(2);
            }
        }
    }

    private void leaveCode(CodeCapture capture, Element element) {
        if (!capture.owner.equals(element)) {
            if (Role.of(element).isBlock()) {
                capture.newLine();
            }
            return;
        }
        code = null;
        if (capture.block && !sheet.isCell() && !sheet.inHeading()) {
            var lines = capture.fenced();
            if (!lines.isEmpty()) {
                sheet.lines(lines);
            }
            return;
        }
        String line = capture.line();
        if (!line.isEmpty()) {
            sheet.code(Escape.codeSpan(line));
        }
        if (Role.of(element) == Role.TERM || capture.block) {
            sheet.block(2);
        }
    }

    /** Bold and italic that are said by style alone, as text processors do. */
    private void styled(Element element) {
        if (element.hasAttr("style")) {
            if (Style.isBold(element)) {
                sheet.mark(new Mark(Mark.Kind.STRONG, element, ""));
            } else if (Style.isItalic(element)) {
                sheet.mark(new Mark(Mark.Kind.EMPHASIS, element, ""));
            }
        }
    }

    /** A heading that has its text ends where a block of another kind begins. */
    private boolean endsHeading(Element element, Role role) {
        return sheet.headingBegun()
                && switch (role) {
                    case LIST, TABLE, PRE, QUOTE, HEADING -> true;
                    case BLOCK -> element.normalName().equals("p");
                    default -> false;
                };
    }

    private void embed(Element element) {
        String url = Embed.of(element, urls);
        if (url != null) {
            String title = Escape.oneLine(element.attr("title"));
            sheet.raw(
                    "["
                            + Escape.label(title.isEmpty() ? "Video" : title)
                            + "]("
                            + Escape.target(url, "")
                            + ")");
        }
    }

    private void startLink(Element element) {
        String url = urls.link(element.attr("href"));
        if (url != null) {
            String target = Escape.target(url, element.attr("title"));
            sheet.mark(new Mark(Mark.Kind.LINK, element, target));
        }
    }

    private void image(Element element) {
        String alt = Escape.oneLine(element.attr("alt"));
        String url = images.isTracker(element) ? null : images.of(element);
        if (url != null) {
            sheet.raw(
                    "!["
                            + Escape.label(alt)
                            + "]("
                            + Escape.target(url, element.attr("title"))
                            + ")");
        } else if (!alt.isEmpty()) {
            sheet.text(alt);
        }
    }

    private void checkbox(Element input) {
        var parent = input.closest("li");
        if (parent != null
                && input.attr("type").equalsIgnoreCase("checkbox")
                && sheet.startsItem(parent)) {
            sheet.raw(input.hasAttr("checked") ? "[x]" : "[ ]");
            sheet.space();
        }
    }

    private void rule() {
        if (sheet.isCell() || sheet.inHeading()) {
            sheet.block(2);
        } else if (!sheet.isEmpty()) {
            sheet.lines(List.of("---"));
        }
    }

    private void startTerm(Element term) {
        sheet.block(2);
        // Sphinx writes signatures as terms full of emphasis; as code they stay readable.
        if (term.hasClass("sig")) {
            code = new CodeCapture(term, false);
        } else {
            sheet.mark(new Mark(Mark.Kind.STRONG, term, ""));
        }
    }

    private boolean startMath(Element math) {
        String source = MathText.of(math);
        if (!source.isEmpty()) {
            sheet.raw(Escape.formula(source));
        }
        return false;
    }

    private void startTable(Element element) {
        sheet.block(2);
        if (table == null
                && !sheet.isCell()
                && !sheet.inHeading()
                && !layoutTables.contains(element)) {
            table = new TableRows(element);
        }
    }

    private void startRow() {
        if (table != null && cell == null) {
            table.startRow();
        } else {
            sheet.block(1);
        }
    }

    private void startCell(Element element) {
        if (table != null && cell == null) {
            cell = element;
            sheet = new Sheet(true, charsMax, CELL_CHARS_LIKELY);
        } else if (sheet.isCell()) {
            sheet.space();
        } else {
            sheet.block(2);
        }
    }

    private void endCell(Element element) {
        if (table != null && element.equals(cell)) {
            table.add(element, sheet.text());
            cell = null;
            sheet = page;
        } else if (sheet.isCell()) {
            sheet.space();
        } else {
            sheet.block(2);
        }
    }

    private void endTable(Element element) {
        if (table != null && table.owner.equals(element)) {
            var lines = table.lines();
            table = null;
            if (!lines.isEmpty()) {
                sheet.lines(lines);
            }
        }
        sheet.block(2);
    }
}
