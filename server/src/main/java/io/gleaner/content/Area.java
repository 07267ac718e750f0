package io.gleaner.content;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/** An element that blocks stand in, and what stands in it. */
public final class Area {

    private static final float NAMES_MAX = 6;

    static final int HEADER = 1;
    static final int FOOTER = 1 << 1;
    static final int NAV = 1 << 2;
    static final int ASIDE = 1 << 3;
    static final int MAIN = 1 << 4;
    static final int ARTICLE = 1 << 5;
    static final int FORM = 1 << 6;
    static final int FIGURE = 1 << 7;
    static final int DIALOG = 1 << 8;
    static final int LIST = 1 << 9;
    static final int TABLE = 1 << 10;
    static final int SECTION = 1 << 11;
    static final int DETAILS = 1 << 12;
    static final int QUOTE = 1 << 13;
    static final int PRE = 1 << 14;
    static final int LINK = 1 << 15;

    /** A note or a warning to what it stands in. */
    static final int NOTE = 1 << 16;

    final Element element;
    public final @Nullable Area parent;
    final int index;
    final int depth;

    /** What it is and what it stands in: the constants above. */
    final int kinds;

    /** What its siblings have in common if they repeat: tag and classes. */
    final long shape;

    final long path;
    final int firstBlock;
    int endBlock;

    int chars;
    int linkChars;
    int words;
    int sentences;
    int longChars;
    int headings;
    int images;
    int controls;

    /** Links that turn to the page before or after. */
    int turns;

    /** The smallest one around it with more blocks; itself if there is none. */
    Area wider = this;

    /** The section, article or main element that it is or stands in. */
    final @Nullable Area unit;

    /** It is a table with another one inside: it only places things. */
    boolean placesTables;

    /** It is, or stands in, one of those whose likes are the most of the page. */
    boolean inGroup;

    /** What it is itself: the constants above. */
    int own() {
        return kinds & ~(parent == null ? 0 : parent.kinds);
    }

    /** Siblings of its shape, itself included. */
    final Likes likes;

    /** What the lexicon says of its own names. */
    float names;

    float namesMin;
    float namesMax;
    float namesSum;

    /** The words of its names; kept for training only. */
    public @Nullable List<Long> recorded;

    Area(
            Element element,
            @Nullable Area parent,
            int index,
            int kinds,
            long shape,
            Likes likes,
            int firstBlock) {
        this.element = element;
        this.index = index;
        this.parent = parent;
        this.depth = parent == null ? 0 : parent.depth + 1;
        this.kinds = kinds;
        this.shape = shape;
        this.likes = likes;
        this.unit = isUnit(element) ? this : parent == null ? null : parent.unit;
        this.path = (parent == null ? 0 : parent.path * 31) + element.normalName().hashCode();
        this.firstBlock = firstBlock;
        this.endBlock = firstBlock;
    }

    private static boolean isUnit(Element element) {
        return switch (element.normalName()) {
            case "section", "article", "main" -> true;
            default -> false;
        };
    }

    /** To be called in the order of the document, when all blocks are known. */
    void close(@Nullable Likes most) {
        if (parent != null) {
            wider = parent.blocks() > blocks() || parent.parent == null ? parent : parent.wider;
        }
        inGroup = likes.equals(most) || (parent != null && parent.inGroup);
    }

    void name(Lexicon lexicon, long word, boolean record) {
        names += lexicon.weight(word);
        if (record) {
            if (recorded == null) {
                recorded = new ArrayList<>();
            }
            recorded.add(word);
        }
    }

    void named() {
        names = Math.clamp(names, -NAMES_MAX, NAMES_MAX);
        namesMin = names;
        namesMax = names;
        namesSum = names;
        // The page itself is not what sets one part of it apart from another.
        if (parent != null && depth > 1) {
            namesMin = Math.min(parent.namesMin, names);
            namesMax = Math.max(parent.namesMax, names);
            namesSum = parent.namesSum + names;
        }
    }

    void add(Area inner) {
        chars += inner.chars;
        linkChars += inner.linkChars;
        words += inner.words;
        sentences += inner.sentences;
        longChars += inner.longChars;
        headings += inner.headings;
        images += inner.images;
        controls += inner.controls;
        turns += inner.turns;
    }

    float linkShare() {
        return chars == 0 ? 0 : (float) linkChars / chars;
    }

    int blocks() {
        return endBlock - firstBlock;
    }
}
