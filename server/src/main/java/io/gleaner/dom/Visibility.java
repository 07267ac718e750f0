package io.gleaner.dom;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Whether a reader would see an element. */
public final class Visibility {

    private static final Set<String> PERMALINK_CLASSES =
            Set.of(
                    "headerlink",
                    "header-anchor",
                    "heading-anchor",
                    "headinglink",
                    "hash-link",
                    "anchor",
                    "anchor-link",
                    "anchorjs-link",
                    "permalink",
                    "direct-link");
    private static final Set<String> PERMALINK_SIGNS = Set.of("¶", "#", "§", "🔗", "⚓", "⚓︎", "");
    private static final int SIGN_CHARS_MAX = 3;
    private static final int STYLE_CHARS_MAX = 4096;
    private static final int CLASS_CHARS_MAX = 1024;
    private static final int NUMBERS_CHARS_MAX = 20_000;

    private Visibility() {}

    public static boolean hides(Element element, Role role) {
        if (role == Role.HIDDEN) {
            return true;
        }
        if (role == Role.BUTTON && !titlesItsParent(element)) {
            return true;
        }
        if (element.attributesSize() == 0) {
            return false;
        }
        return isHidden(element)
                || (role == Role.LINK && isPermalink(element))
                || (!role.isBlock() && element.attr("aria-hidden").equals("true"))
                || ((role.isBlock() || role == Role.INLINE || role == Role.LINK)
                        && isBesideCode(element))
                || isEditLink(element);
    }

    /** An accordion keeps its titles in buttons; any other button is a control. */
    private static boolean titlesItsParent(Element button) {
        var parent = button.parent();
        if (parent == null) {
            return false;
        }
        var role = Role.of(parent);
        return role == Role.HEADING
                || role == Role.TERM
                || role == Role.SUMMARY
                || parent.normalName().equals("th")
                || Panels.isTitle(button);
    }

    /** Whether its own marks hide it. */
    public static boolean isHidden(Element element) {
        return isMarkedHidden(element) && !Panels.isPanel(element);
    }

    private static boolean isMarkedHidden(Element element) {
        var attributes = element.attributes();
        if (attributes.hasKey("hidden")) {
            return !attributes.get("hidden").equalsIgnoreCase("until-found");
        }
        if (!attributes.hasKey("style")) {
            return false;
        }
        String style = attributes.get("style");
        if (style.length() > STYLE_CHARS_MAX) {
            return false;
        }
        String compact = style.replace(" ", "").toLowerCase(Locale.ROOT);
        return compact.contains("display:none") || compact.contains("visibility:hidden");
    }

    /** The sign beside a heading that only links to the heading itself. */
    private static boolean isPermalink(Element link) {
        String href = link.attr("href");
        if (!href.startsWith("#") || link.childNodeSize() > 1) {
            return false;
        }
        if (link.childNodeSize() == 0) {
            return true;
        }
        if (!(link.childNode(0) instanceof TextNode text)) {
            return false;
        }
        String sign = text.getWholeText();
        if (sign.length() > SIGN_CHARS_MAX + 2) {
            return false;
        }
        sign = sign.replace("\u200b", "").strip();
        return PERMALINK_SIGNS.contains(sign)
                || (sign.length() <= SIGN_CHARS_MAX && hasClass(link, PERMALINK_CLASSES));
    }

    /** Line numbers, language labels and prompts of highlighters. */
    private static boolean isBesideCode(Element element) {
        if (element.hasAttr("data-line-number") && !element.hasText()) {
            return true;
        }
        String classes = element.attr("class");
        if (classes.isEmpty() || classes.length() > CLASS_CHARS_MAX) {
            return false;
        }
        if (mayNumber(classes)) {
            for (String name : classes.split("\\s+", -1)) {
                if (isNumbering(name.toLowerCase(Locale.ROOT)) && isNumbers(element)) {
                    return true;
                }
            }
        }
        var parent = element.parent();
        return classes.equals("lang")
                && parent != null
                && parent.attr("class").startsWith("language-");
    }

    /** Hardly any class does: the others cost no splitting. */
    private static boolean mayNumber(String classes) {
        return classes.contains("line")
                || classes.contains("gutter")
                || classes.contains("ln")
                || classes.contains("blob-num");
    }

    private static boolean isNumbering(String name) {
        return name.startsWith("lineno")
                || name.startsWith("line-number")
                || name.startsWith("linenumber")
                || name.endsWith("gutter")
                || name.startsWith("gutter")
                || name.endsWith("line-number")
                || name.endsWith("line-numbers")
                || name.endsWith("linenumber")
                || name.startsWith("hljs-ln-n")
                || name.equals("blob-num")
                || name.equals("ln")
                || name.equals("lnt")
                || name.equals("lnlinks");
    }

    /** Nothing but digits and white space, as far as is looked. */
    private static boolean isNumbers(Element element) {
        String text = element.wholeText();
        for (int i = 0; i < Math.min(text.length(), NUMBERS_CHARS_MAX); i++) {
            char c = text.charAt(i);
            if (c > ' ' && c != '\u00a0' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /** What a wiki puts behind its headings for those who write it, and what is there twice. */
    private static boolean isEditLink(Element element) {
        String classes = element.attr("class");
        return classes.startsWith("mw-editsection")
                || classes.equals("mw-jump-link")
                // What MathJax 2 has drawn; its source stands beside it.
                || classes.startsWith("MathJax");
    }

    private static boolean hasClass(Element element, Set<String> names) {
        for (String name : element.classNames()) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
