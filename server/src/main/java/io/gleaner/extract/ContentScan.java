package io.gleaner.extract;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Measures the page while it is scanned: where the landmarks are, what looks like boilerplate, and
 * which element holds the most prose (paragraphs speak for their parent, half for its parent).
 */
final class ContentScan {

    private static final Set<String> CONTENT_NAMES =
            Set.of(
                    "content",
                    "main",
                    "main-content",
                    "maincontent",
                    "page-content",
                    "post-content",
                    "entry-content",
                    "article-content",
                    "article-body",
                    "articlebody",
                    "post-body",
                    "markdown-body",
                    "mw-content-text",
                    "documentation",
                    "story-body");
    private static final int PARAGRAPH_CHARS_MIN = 25;

    final List<Region> landmarks = new ArrayList<>();
    final List<Region> articles = new ArrayList<>();
    final List<Region> named = new ArrayList<>();
    final List<Region> boilerplate = new ArrayList<>();
    @Nullable Region densest;

    private final Boilerplate words = new Boilerplate();
    private double densestScore;
    private int textChars;
    private int plainChars;
    private int mainDepth;
    private int mainsSeen;
    private int linkDepth;
    private @Nullable Element suspect;
    private int suspectTextStart;
    private int suspectMainsStart;

    private int depth;
    private int[] textStarts = new int[64];
    private int[] plainStarts = new int[64];
    private double[] scores = new double[64];

    int plainChars() {
        return plainChars;
    }

    int textChars() {
        return textChars;
    }

    void text(TextNode node) {
        if (node.isBlank()) {
            return;
        }
        int chars = node.getWholeText().length();
        textChars += chars;
        if (suspect == null && linkDepth == 0) {
            plainChars += chars;
        }
    }

    void enter(Element element, Role role) {
        if (++depth == textStarts.length) {
            textStarts = Arrays.copyOf(textStarts, depth * 2);
            plainStarts = Arrays.copyOf(plainStarts, depth * 2);
            scores = Arrays.copyOf(scores, depth * 2);
        }
        textStarts[depth] = textChars;
        plainStarts[depth] = plainChars;
        scores[depth] = 0;
        if (role == Role.LINK) {
            linkDepth++;
        } else if (role == Role.BLOCK && isMain(element)) {
            mainDepth++;
            mainsSeen++;
        } else if (suspect == null && words.suspects(element, mainDepth > 0)) {
            suspect = element;
            suspectTextStart = textChars;
            suspectMainsStart = mainsSeen;
        }
    }

    void leave(Element element, Role role) {
        int text = textChars - textStarts[depth];
        int plain = plainChars - plainStarts[depth];
        if (role == Role.LINK) {
            linkDepth--;
        } else if (role == Role.BLOCK && isMain(element)) {
            mainDepth--;
            var region = new Region(element, text, plain, true);
            (element.normalName().equals("article") ? articles : landmarks).add(region);
        } else if (element.equals(suspect)) {
            boolean holdsMain = mainsSeen > suspectMainsStart;
            boilerplate.add(new Region(element, textChars - suspectTextStart, 0, holdsMain));
            suspect = null;
        } else {
            score(element, role, text, plain);
        }
        depth--;
    }

    private void score(Element element, Role role, int text, int plain) {
        String name = element.normalName();
        switch (name) {
            case "p", "pre", "blockquote", "li", "dd", "td" -> {
                if (plain >= PARAGRAPH_CHARS_MIN) {
                    double said = 1 + Math.min(plain / 100.0, 8);
                    scores[depth - 1] += said;
                    scores[Math.max(0, depth - 2)] += said / 2;
                }
            }
            case "div", "section" -> {
                if (isContentName(element)) {
                    named.add(new Region(element, text, plain, false));
                }
            }
            default -> {}
        }
        if (role == Role.BLOCK && scores[depth] > densestScore && text > 0) {
            double score = scores[depth] * plain / text;
            if (score > densestScore) {
                densestScore = score;
                densest = new Region(element, text, plain, false);
            }
        }
    }

    private static boolean isMain(Element element) {
        return switch (element.normalName()) {
            case "main", "article" -> true;
            case "div", "section" ->
                    element.attributesSize() > 0 && element.attr("role").equals("main");
            default -> false;
        };
    }

    private static boolean isContentName(Element element) {
        if (element.attributesSize() == 0) {
            return false;
        }
        return CONTENT_NAMES.contains(element.id())
                || CONTENT_NAMES.contains(element.attr("itemprop").toLowerCase(Locale.ROOT))
                || CONTENT_NAMES.contains(element.attr("class"));
    }
}
