package io.gleaner.content;

import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** The blocks of a page, and the areas that they stand in. */
public final class Outline implements TreeWalk.Visitor {

    private static final int WORDS_FEW = 400;
    private static final int NAMES_CHARS_MAX = 1 << 12;
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    public final List<Block> blocks = new ArrayList<>();
    final List<Area> areas = new ArrayList<>();

    private final Lexicon lexicon;
    private final boolean record;
    private final LongTable shapes = new LongTable();
    private final List<Likes> likes = new ArrayList<>();
    final WordList words = new WordList();
    private final List<Area> tables = new ArrayList<>();
    private final char[] part = new char[Letters.COUNTED_MAX];
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

    /** Whether it has few words, and the looks little to go by. */
    boolean isSmall() {
        return wordCount() <= WORDS_FEW;
    }

    int wordCount() {
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
        String rel = attribute(link, "rel");
        return rel.equals("prev") || rel.equals("next") || !attribute(link, "accesskey").isEmpty();
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
        Likes alike = alike((parent == null ? -1 : parent.index) * SPREAD + shape);
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

    private Likes alike(long shape) {
        int place = shapes.add(shape);
        if (place == likes.size()) {
            likes.add(new Likes());
        }
        return likes.get(place);
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

    private static String attribute(Element element, String name) {
        return element.attributesSize() == 0 ? "" : element.attributes().get(name);
    }

    private static long shape(Element element) {
        return element.normalName().hashCode() * 31L + attribute(element, "class").hashCode();
    }

    private static int kinds(Element element, Role role) {
        int byRole =
                switch (attribute(element, "role")) {
                    case "main" -> Area.MAIN;
                    case "banner" -> Area.HEADER;
                    case "contentinfo" -> Area.FOOTER;
                    case "navigation" -> Area.NAV;
                    case "complementary" -> Area.ASIDE;
                    case "article" -> Area.ARTICLE;
                    case "dialog", "alertdialog" -> Area.DIALOG;
                    case "note", "alert", "doc-footnote", "doc-endnote", "doc-tip", "doc-notice" ->
                            Area.NOTE;
                    default -> 0;
                };
        return byRole
                | switch (element.normalName()) {
                    case "header" -> Area.HEADER;
                    case "footer" -> Area.FOOTER;
                    case "nav" -> Area.NAV;
                    case "aside" -> byRole == Area.NOTE ? 0 : Area.ASIDE;
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
            run = new Block(area, blocks.size(), words.size());
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
        int charsBefore = run.chars;
        int wordsBefore = run.words;
        int sentencesBefore = run.sentences;
        int from = run.isKnown() ? 0 : readWords(text, run);
        if (from < text.length()) {
            count(text, from, run);
        }
        int chars = run.chars - charsBefore;
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

    /** Reads the first words of a block, and returns where it has enough of them. */
    private int readWords(String text, Block run) {
        long word = WordHash.begin();
        boolean inWord = false;
        int i = 0;
        for (; i < text.length() && !run.isKnown(); i++) {
            char c = text.charAt(i);
            byte kind = Letters.kind(c);
            if (Letters.inWord(kind)) {
                word = WordHash.add(word, WordHash.lower(c, kind));
                inWord = true;
            } else if (inWord) {
                run.word(lexicon, word, words, record);
                word = WordHash.begin();
                inWord = false;
            }
            run.letter(c, kind);
        }
        if (inWord) {
            run.word(lexicon, word, words, record);
        }
        return i;
    }

    /** Counts what stands in the rest of a block. */
    private void count(String text, int from, Block run) {
        int inWord = 0;
        for (int i = from; i < text.length(); i += part.length) {
            int length = Math.min(part.length, text.length() - i);
            text.getChars(i, i + length, part, 0);
            inWord = run.count(part, length, inWord);
        }
    }
}
