package io.gleaner.extract;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/** Whether a reader would see an element. */
final class Visibility {

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

    private Visibility() {}

    static boolean hides(Element element, Role role) {
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
                || ((role.isBlock() || role == Role.INLINE) && isLineNumber(element));
    }

    /** An accordion keeps its titles in buttons; any other button is a control. */
    private static boolean titlesItsParent(Element button) {
        var parent = button.parent();
        if (parent == null) {
            return false;
        }
        var role = Role.of(parent);
        return role == Role.HEADING || role == Role.TERM || role == Role.SUMMARY;
    }

    private static boolean isHidden(Element element) {
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

    private static boolean isLineNumber(Element element) {
        String classes = element.attr("class");
        return classes.startsWith("lineno")
                || classes.equals("gutter")
                || classes.equals("blob-num");
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
