package io.gleaner.content;

import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.select.Effort;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;

/**
 * What a page of few words says only to readers without scripts, or hides until its scripts have
 * run. We are such a reader, and a page that hides all of itself means to show it.
 */
public final class Sleeping {

    /** With fewer words that are seen, what is for readers without scripts is shown. */
    private static final int WORDS_FEW = 100;

    /** With fewer, what is hidden is shown, too. */
    private static final int WORDS_NONE = 10;

    private static final int HIDDEN_WORDS_MIN = 30;

    private Sleeping() {}

    /** Shows it, in the tree itself. */
    public static void wake(Element body, Effort effort) {
        var seen = new Seen(effort);
        TreeWalk.over(body, effort, seen);
        if (seen.words < WORDS_NONE && seen.hidden != null) {
            seen.hidden.removeAttr("hidden").removeAttr("style");
        }
        if (seen.words < WORDS_FEW) {
            for (Element noscript : body.select("noscript")) {
                noscript.tag(Tag.valueOf("div"));
            }
        }
    }

    /** Counts the words that a reader sees, and stops when they are many. */
    private static class Words implements TreeWalk.Visitor {
        int words;

        @Override
        public boolean enter(Element element) {
            return words < WORDS_FEW && !Visibility.hides(element, Role.of(element));
        }

        @Override
        public void leave(Element element) {}

        @Override
        public void text(TextNode text) {
            boolean inWord = false;
            String s = text.getWholeText();
            for (int i = 0; i < s.length() && words < WORDS_FEW; i++) {
                boolean letter = Character.isLetterOrDigit(s.charAt(i));
                words += letter && !inWord ? 1 : 0;
                inWord = letter;
            }
        }
    }

    /** Knows the first hidden block of many words, too, or else the one of most. */
    private static final class Seen extends Words {
        private final Effort effort;
        private @Nullable Element hidden;
        private int hiddenWords = HIDDEN_WORDS_MIN - 1;

        Seen(Effort effort) {
            this.effort = effort;
        }

        @Override
        public boolean enter(Element element) {
            if (super.enter(element)) {
                return true;
            }
            if (words < WORDS_NONE && hiddenWords < WORDS_FEW && Visibility.isHidden(element)) {
                var inside = new Words();
                for (var child : element.childNodes()) {
                    if (child instanceof TextNode text) {
                        inside.text(text);
                    } else if (child instanceof Element inner) {
                        TreeWalk.over(inner, effort, inside);
                    }
                }
                if (inside.words > hiddenWords && !element.attr("role").endsWith("dialog")) {
                    hidden = element;
                    hiddenWords = inside.words;
                }
            }
            return false;
        }
    }
}
