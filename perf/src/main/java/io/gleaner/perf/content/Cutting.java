package io.gleaner.perf.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * Cuts most of a page away, and most of its long texts behind a sentence, so that what is left is a
 * small page of the same make: there are many on the web, and few in a set that was chosen for its
 * content.
 */
final class Cutting {

    private static final int CHILDREN_MIN = 2;
    private static final int CHILDREN_MAX = 7;

    private static final int SENTENCE_CHARS_MIN = 20;

    /** One text of so many stays as long as it is. */
    private static final int SENTENCES = 3;

    private Cutting() {}

    /** Leaves each element at most a few of its children. A loop, not a recursion. */
    static void of(Element body, Random random) {
        List<Element> open = new ArrayList<>();
        open.add(body);
        while (!open.isEmpty()) {
            Element element = open.removeLast();
            List<Element> children = new ArrayList<>(element.children());
            int most = random.nextInt(CHILDREN_MIN, CHILDREN_MAX);
            while (children.size() > most) {
                children.remove(random.nextInt(children.size())).remove();
            }
            open.addAll(children);
            for (TextNode text : element.textNodes()) {
                int end = text.getWholeText().indexOf(". ", SENTENCE_CHARS_MIN);
                if (end > 0 && random.nextInt(SENTENCES) > 0) {
                    text.text(text.getWholeText().substring(0, end + 1));
                }
            }
        }
    }
}
