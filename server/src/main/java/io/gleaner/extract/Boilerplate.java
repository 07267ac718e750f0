package io.gleaner.extract;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Which elements look like they surround the content: by tag, role and the words of their class.
 */
final class Boilerplate {

    /** Left out wherever they stand. */
    private static final Set<String> ALWAYS =
            words(
                    "breadcrumb breadcrumbs share sharing sharebar social socials cookie cookies"
                            + " consent gdpr newsletter advert advertisement adverts ads pagination"
                            + " pager paginator sidebar sphinxsidebar skiplink skiplinks toc"
                            + " editsection cookiebar cookiebanner");

    /** Left out unless they stand inside the main content, where the words may be its subject. */
    private static final Set<String> AROUND =
            words(
                    "nav navbar navigation menu menubar footer header banner masthead topbar"
                            + " related popup modal ad");

    private static final Set<String> NEGATIONS = words("has with no without is not hide show");
    private static final Set<String> NOTES =
            words(
                    "note footnote footnotes admonition callout tip warning important caution"
                            + " pullquote");
    private static final Set<String> ROLES =
            words("navigation banner contentinfo complementary search dialog alertdialog");
    private static final Pattern BETWEEN_CLASSES = Pattern.compile("\\s+");
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[_-]+");
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[\\s_-]+");
    private static final int CLASS_CHARS_MAX = 512;

    private enum Verdict {
        ALWAYS,
        AROUND,
        NEVER
    }

    private final Map<String, Verdict> byClass = new HashMap<>();

    private static Set<String> words(String words) {
        return Set.of(words.split(" ", -1));
    }

    /**
     * @param inMain whether it stands inside a landmark of main content
     */
    boolean suspects(Element element, boolean inMain) {
        return switch (element.normalName()) {
            case "nav" -> true;
            case "footer", "header" -> !inMain;
            case "aside" -> !(inMain && isNote(element));
            case "div", "section", "ul", "ol", "form", "table", "dl", "search" ->
                    element.attributesSize() > 0 && suspectsWords(element, inMain);
            default -> false;
        };
    }

    private boolean suspectsWords(Element element, boolean inMain) {
        if (ROLES.contains(element.attr("role"))) {
            return true;
        }
        String classes = element.attr("class");
        var verdict = classes.isEmpty() ? Verdict.NEVER : byClass.get(classes);
        if (verdict == null) {
            verdict = judge(classes);
            byClass.put(classes, verdict);
        }
        if (verdict == Verdict.ALWAYS || (verdict == Verdict.AROUND && !inMain)) {
            return true;
        }
        // Inside the content an id is often made from a heading's words, so it says nothing there.
        return !inMain && judge(element.id()) != Verdict.NEVER;
    }

    private static boolean isNote(Element aside) {
        if (aside.attr("role").contains("note")) {
            return true;
        }
        for (String word : BETWEEN_WORDS.split(aside.className().toLowerCase(Locale.ROOT), -1)) {
            if (NOTES.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static Verdict judge(String classes) {
        if (classes.isEmpty() || classes.length() > CLASS_CHARS_MAX) {
            return Verdict.NEVER;
        }
        var verdict = Verdict.NEVER;
        for (String name : BETWEEN_CLASSES.split(classes.toLowerCase(Locale.ROOT), -1)) {
            String[] parts = BETWEEN_PARTS.split(name, -1);
            String first = parts[0];
            String last = parts[parts.length - 1];
            if (NEGATIONS.contains(first)) {
                continue;
            }
            if (ALWAYS.contains(first) || ALWAYS.contains(last)) {
                return Verdict.ALWAYS;
            }
            if (AROUND.contains(first) || AROUND.contains(last)) {
                verdict = Verdict.AROUND;
            }
        }
        return verdict;
    }
}
