package io.gleaner.content;

import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** The blocks of a page, and the areas that they stand in. */
public final class Outline implements TreeWalk.Visitor {

    private static final int NAMES_CHARS_MAX = 1 << 12;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    public final List<Block> blocks = new ArrayList<>();
    final List<Area> areas = new ArrayList<>();

    private final Lexicon lexicon;
    private final boolean record;
    private final Map<Long, Likes> likes = new HashMap<>();
    private final List<Area> tables = new ArrayList<>();
    private @Nullable Area area;
    private @Nullable Block block;
    private int links;
    private int strongs;
    private int heading;

    private Outline(Lexicon lexicon, boolean record) {
        this.lexicon = lexicon;
        this.record = record;
    }

    /**
     * @param record whether words are kept, for training
     */
    public static Outline of(Element root, Lexicon lexicon, boolean record, Effort effort) {
        var outline = new Outline(lexicon, record);
        TreeWalk.over(root, effort, outline);
        return outline;
    }

    int words() {
        return areas.isEmpty() ? 0 : areas.getFirst().words;
    }

    @Override
    public boolean enter(Element element) {
        var role = Role.of(element);
        if (role == Role.INLINE && element.attributesSize() == 0 && isPhrase(element)) {
            return true;
        }
        if (Visibility.hides(element, role)) {
            if (area != null) {
                area.controls += isControl(element) ? 1 : 0;
            }
            return false;
        }
        switch (role) {
            case LINK -> {
                links++;
                if (area != null && turnsPages(element)) {
                    area.turns++;
                }
                if (block != null) {
                    block.links++;
                }
            }
            case STRONG -> strongs++;
            case IMAGE -> {
                if (area != null) {
                    area.images++;
                }
            }
            case LINE_BREAK,
                    CODE,
                    EMPHASIS,
                    STRIKE,
                    QUOTATION,
                    MATH,
                    SUPERSCRIPT,
                    SUBSCRIPT,
                    READING,
                    CHECKBOX,
                    BUTTON,
                    HIDDEN -> {}
            case INLINE -> {
                if (!isPhrase(element)) {
                    open(element, role);
                }
            }
            case HEADING -> {
                heading = element.normalName().charAt(1) - '0';
                open(element, role);
            }
            case BLOCK, LIST, ITEM, QUOTE, PRE, RULE, TABLE, ROW, CELL, TERM, SUMMARY ->
                    open(element, role);
        }
        return true;
    }

    /** Text goes on through elements that are no role of their own, but not through custom ones. */
    private static boolean isPhrase(Element element) {
        return element.normalName().indexOf('-') < 0;
    }

    /** By what it says to browsers, in any language. */
    private static boolean turnsPages(Element link) {
        String rel = link.attr("rel");
        return rel.equals("prev") || rel.equals("next") || !link.attr("accesskey").isEmpty();
    }

    private static boolean isControl(Element element) {
        return switch (element.normalName()) {
            case "button", "input", "select", "textarea" -> true;
            default -> false;
        };
    }

    private void open(Element element, Role role) {
        endRun();
        var parent = area;
        long shape = shape(element);
        Likes alike =
                parent == null
                        ? new Likes()
                        : likes.computeIfAbsent(parent.index * SPREAD + shape, _ -> new Likes());
        alike.units++;
        int around = (parent == null ? 0 : parent.kinds) | (links > 0 ? Area.LINK : 0);
        var next =
                new Area(
                        element,
                        parent,
                        areas.size(),
                        kinds(element, role) | around,
                        shape,
                        alike,
                        blocks.size());
        if (element.attributesSize() > 0) {
            names(element, next);
        }
        next.named();
        if (role == Role.TABLE) {
            tables.forEach(table -> table.placesTables = true);
            tables.clear();
            tables.add(next);
        }
        areas.add(next);
        area = next;
    }

    private void endRun() {
        if (block != null) {
            block.end(lexicon, record);
            block = null;
        }
    }

    private void names(Element element, Area next) {
        var attributes = element.attributes();
        for (String attribute : NAMING) {
            String names = attributes.get(attribute);
            if (!names.isEmpty() && names.length() <= NAMES_CHARS_MAX) {
                WordHash.ofNames(names, word -> next.name(lexicon, word, record));
            }
        }
    }

    private static final List<String> NAMING =
            List.of("class", "id", "role", "itemprop", "itemtype", "aria-label");

    private static long shape(Element element) {
        return element.normalName().hashCode() * 31L + element.attr("class").hashCode();
    }

    private static int kinds(Element element, Role role) {
        int byRole =
                switch (element.attr("role")) {
                    case "main" -> Area.MAIN;
                    case "banner" -> Area.HEADER;
                    case "contentinfo" -> Area.FOOTER;
                    case "navigation" -> Area.NAV;
                    case "complementary" -> Area.ASIDE;
                    case "article" -> Area.ARTICLE;
                    case "dialog", "alertdialog" -> Area.DIALOG;
                    default -> 0;
                };
        return byRole
                | switch (element.normalName()) {
                    case "header" -> Area.HEADER;
                    case "footer" -> Area.FOOTER;
                    case "nav" -> Area.NAV;
                    case "aside" -> Area.ASIDE;
                    case "main" -> Area.MAIN;
                    case "article" -> Area.ARTICLE;
                    case "form" -> Area.FORM;
                    case "figure" -> Area.FIGURE;
                    case "section" -> Area.SECTION;
                    case "details" -> Area.DETAILS;
                    default ->
                            switch (role) {
                                case LIST -> Area.LIST;
                                case TABLE -> Area.TABLE;
                                case QUOTE -> Area.QUOTE;
                                case PRE -> Area.PRE;
                                default -> 0;
                            };
                };
    }

    @Override
    public void leave(Element element) {
        var role = Role.of(element);
        if (role == Role.LINK) {
            links--;
        } else if (role == Role.STRONG) {
            strongs--;
        }
        var open = area;
        if (open == null || !open.element.equals(element)) {
            return;
        }
        if (role == Role.HEADING) {
            heading = 0;
        }
        if (role == Role.TABLE) {
            tables.remove(open);
        }
        endRun();
        open.endBlock = blocks.size();
        open.likes.add(open);
        area = open.parent;
        if (area != null) {
            area.add(open);
        }
    }

    @Override
    public void text(TextNode node) {
        if (area == null || node.isBlank()) {
            return;
        }
        var run = block;
        if (run == null) {
            run = new Block(area, blocks.size());
            run.heading = heading;
            run.links = links > 0 ? 1 : 0;
            if (heading > 0) {
                area.headings++;
            }
            blocks.add(run);
            block = run;
        }
        run.texts.add(node);
        read(node.getWholeText(), run, area);
    }

    private void read(String text, Block run, Area in) {
        int chars = 0;
        int wordsBefore = run.words;
        int sentencesBefore = run.sentences;
        long word = WordHash.begin();
        boolean inWord = false;
        int ideographs = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isLetterOrDigit(c)) {
                word = WordHash.add(word, Character.toLowerCase(c));
                inWord = true;
                run.digits += c <= '9' ? 1 : 0;
                run.uppers += Character.isUpperCase(c) ? 1 : 0;
                if (c >= 0x3040 && c < 0xd7a4 && ++ideographs % 2 == 0) {
                    run.words++;
                }
            } else {
                if (inWord) {
                    run.word(lexicon, word, record);
                    word = WordHash.begin();
                    inWord = false;
                }
                if (c <= ' ' || c == '\u00a0') {
                    continue;
                }
                switch (c) {
                    case '.', '!', '?', '。', '！', '？', '…', '।', '؟' -> run.sentences++;
                    case ',', ';', ':', '、', '，', '；', '：', '،' -> run.commas++;
                    default -> run.hash = run.hash * 31 + c;
                }
            }
            chars++;
            if (run.first == ' ') {
                run.first = c;
            }
            run.last = c;
        }
        if (inWord) {
            run.word(lexicon, word, record);
        }
        run.chars += chars;
        in.chars += chars;
        in.words += run.words - wordsBefore;
        in.sentences += run.sentences - sentencesBefore;
        if (links > 0) {
            run.linkChars += chars;
            in.linkChars += chars;
        }
        if (strongs > 0) {
            run.strongChars += chars;
        }
        // Known only when it is long; what came before counts then.
        if (run.isLong()) {
            in.longChars += wordsBefore >= Block.LONG_WORDS ? chars : run.chars;
        }
    }
}
