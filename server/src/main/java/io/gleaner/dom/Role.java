package io.gleaner.dom;

import java.util.HashMap;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;

/** What an element is to a reader, by its tag. */
public enum Role {
    HIDDEN,
    BUTTON,
    CHECKBOX,
    HEADING,
    BLOCK,
    LIST,
    ITEM,
    QUOTE,
    PRE,
    CODE,
    STRONG,
    EMPHASIS,
    STRIKE,
    QUOTATION,
    LINK,
    IMAGE,
    LINE_BREAK,
    RULE,
    TABLE,
    ROW,
    CELL,
    TERM,
    SUMMARY,
    MATH,
    SUPERSCRIPT,
    SUBSCRIPT,
    READING,
    INLINE;

    /** The tag that marks an element as left out of every product. */
    public static final Tag DROPPED = new Tag("gleaner-dropped", Parser.NamespaceHtml);

    private static final Map<String, Role> BY_TAG = new HashMap<>(256);

    static {
        put(
                HIDDEN,
                "gleaner-dropped rp script style head template noscript svg canvas audio video"
                    + " object embed applet iframe frame frameset noframes select textarea datalist"
                    + " option optgroup meta link title base param source track map area colgroup"
                    + " col dialog annotation annotation-xml progress meter");
        put(BUTTON, "button");
        put(CHECKBOX, "input");
        put(HEADING, "h1 h2 h3 h4 h5 h6");
        put(
                BLOCK,
                "html body p div section article main header footer nav aside address figure"
                        + " figcaption dl dd details form fieldset legend center hgroup search"
                        + " thead tbody tfoot caption marquee");
        put(LIST, "ul ol menu dir");
        put(ITEM, "li");
        put(QUOTE, "blockquote");
        put(PRE, "pre listing xmp plaintext");
        put(CODE, "code kbd samp tt");
        put(STRONG, "b strong");
        put(EMPHASIS, "i em cite dfn var");
        put(STRIKE, "s del strike");
        put(QUOTATION, "q");
        put(LINK, "a");
        put(IMAGE, "img amp-img");
        put(LINE_BREAK, "br");
        put(RULE, "hr");
        put(TABLE, "table");
        put(ROW, "tr");
        put(CELL, "td th");
        put(TERM, "dt");
        put(SUMMARY, "summary");
        put(MATH, "math");
        put(SUPERSCRIPT, "sup");
        put(SUBSCRIPT, "sub");
        put(READING, "rt");
    }

    private static void put(Role role, String tags) {
        for (String tag : tags.split(" ", -1)) {
            BY_TAG.put(tag, role);
        }
    }

    public static Role of(Element element) {
        var role = BY_TAG.get(element.normalName());
        if (role == HIDDEN && isShadow(element)) {
            return BLOCK;
        }
        return role == null ? INLINE : role;
    }

    /** A template that a browser shows at once: declarative shadow DOM. */
    private static boolean isShadow(Element element) {
        return element.attributesSize() > 0
                && element.normalName().equals("template")
                && element.hasAttr("shadowrootmode");
    }

    /** Whether it starts and ends on a line of its own. */
    public boolean isBlock() {
        return switch (this) {
            case HEADING, BLOCK, LIST, ITEM, QUOTE, PRE, RULE, TABLE, ROW, CELL, TERM, SUMMARY ->
                    true;
            case HIDDEN,
                    BUTTON,
                    CHECKBOX,
                    CODE,
                    STRONG,
                    EMPHASIS,
                    STRIKE,
                    QUOTATION,
                    LINK,
                    IMAGE,
                    LINE_BREAK,
                    MATH,
                    SUPERSCRIPT,
                    SUBSCRIPT,
                    READING,
                    INLINE ->
                    false;
        };
    }
}
