package io.gleaner.dom;

import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Puts the parts that React streams behind a page where they belong.
 *
 * <p>A server that renders with React (18 and later, so Next.js, Remix and others) sends first what
 * it has, with a {@code <template id="B:1">} and a placeholder where more is to come, and later
 * {@code <div hidden id="S:1">} at the end of the body with a small script that moves it. The words
 * are all there: only the moving is left to do, which needs no browser.
 */
public final class StreamedParts {

    private static final Pattern PART = Pattern.compile("(.*:)?S:[0-9a-f]{1,8}");

    /** {@code $RC} completes a boundary, {@code $RS} a place within a part. */
    private static final Pattern MOVE =
            Pattern.compile("\\$R[CS]\\(\"([^\"]{1,64})\",\\s*\"([^\"]{1,64})\"");

    private static final int PARTS_MAX = 2_000;

    /** A place that lies deeper gets nothing. */
    private static final int DEPTH_MAX = 512;

    private final Map<String, Element> byId = new HashMap<>();
    private final List<Element> scripts = new ArrayList<>();

    private StreamedParts() {}

    /** Does nothing, at hardly any cost, to a page that has none. */
    public static void place(Document document, Effort effort) {
        var parts = new ArrayList<Element>();
        for (Node child : document.body().childNodes()) {
            if (child instanceof Element element && isPart(element) && parts.size() < PARTS_MAX) {
                parts.add(element);
            }
        }
        if (!parts.isEmpty()) {
            var streamed = new StreamedParts();
            TreeWalk.over(document, effort, streamed.new Places());
            streamed.move(effort);
            parts.forEach(streamed::show);
        }
    }

    private static boolean isPart(Element element) {
        return element.attributesSize() > 1
                && element.normalName().equals("div")
                && element.hasAttr("hidden")
                && PART.matcher(element.id()).matches();
    }

    private void move(Effort effort) {
        for (Element script : scripts) {
            Matcher move = MOVE.matcher(script.data());
            while (move.find()) {
                effort.step();
                boolean completes = script.data().charAt(move.start() + 2) == 'C';
                // A part is moved once.
                var part = byId.remove(move.group(completes ? 2 : 1));
                var place = byId.get(move.group(completes ? 1 : 2));
                if (part != null && place != null && isPart(part)) {
                    move(part, place, completes, effort);
                }
            }
        }
    }

    /** The template and the empty part stay: nobody sees them. */
    private static void move(Element part, Element place, boolean completes, Effort effort) {
        var parent = place.parent();
        if (parent != null && !isInsideOrDeep(place, part, effort)) {
            if (completes) {
                dropPlaceholder(place, effort);
            }
            parent.insertChildren(place.siblingIndex(), List.copyOf(part.childNodes()));
        }
    }

    /** What stands in for the part, until the comment that ends its boundary. */
    private static void dropPlaceholder(Element place, Effort effort) {
        int depth = 0;
        for (var next = place.nextSibling(); next != null; next = next.nextSibling()) {
            effort.step();
            switch (next) {
                case Comment comment -> {
                    String data = comment.getData();
                    if (data.equals("/$") || data.equals("/&")) {
                        if (depth == 0) {
                            return;
                        }
                        depth--;
                    } else if (data.startsWith("$") || data.equals("&")) {
                        depth++;
                    }
                }
                case Element element -> {
                    if (element.tag().equals(Role.DROPPED)) {
                        return; // So is all that follows.
                    }
                    element.tag(Role.DROPPED);
                }
                case TextNode text -> text.text("");
                default -> {}
            }
        }
    }

    private static boolean isInsideOrDeep(Node place, Element part, Effort effort) {
        int depth = 0;
        for (var node = place; node != null; node = node.parent()) {
            effort.step();
            depth++;
            if (node.equals(part) || depth > DEPTH_MAX) {
                return true;
            }
        }
        return false;
    }

    /** One whose script we did not find is shown where it came. */
    private void show(Element part) {
        if (part.childNodeSize() > 0) {
            part.removeAttr("hidden");
        }
    }

    private final class Places implements TreeWalk.Visitor {

        @Override
        public boolean enter(Element element) {
            if (element.attributesSize() > 0 && !element.id().isEmpty()) {
                byId.putIfAbsent(element.id(), element);
            }
            if (element.normalName().equals("script")) {
                scripts.add(element);
            }
            return true;
        }

        @Override
        public void leave(Element element) {}

        @Override
        public void text(TextNode text) {}
    }
}
