package io.gleaner.extract;

import io.gleaner.content.MainContent;
import io.gleaner.content.Sleeping;
import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.dom.Visibility;
import io.gleaner.job.ContentSpec;
import io.gleaner.write.Escape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Chooses the roots of the content and marks what is left out of it by {@link Role#DROPPED}. The
 * tree is ours and read by nobody after the products, so a mark needs no copy and no set.
 */
final class Selection {

    private final Document document;
    private final PageScan scan;
    private final Supplier<MainContent> main;

    private Selection(Document document, PageScan scan, Supplier<MainContent> main) {
        this.document = document;
        this.scan = scan;
        this.main = main;
    }

    /** The elements to write, none inside another, in document order. */
    static List<Element> roots(
            Document document, PageScan scan, ContentSpec spec, Supplier<MainContent> main) {
        return new Selection(document, scan, main).choose(spec);
    }

    private List<Element> choose(ContentSpec spec) {
        var included = new ArrayList<Element>();
        if (!spec.includeTags().isEmpty()) {
            included.addAll(matches(spec.includeTags()));
        }
        if (!spec.excludeTags().isEmpty()) {
            for (var element : matches(spec.excludeTags())) {
                element.tag(Role.DROPPED);
            }
        }
        if (!spec.includeTags().isEmpty()) {
            return outermost(included);
        }
        if (spec.onlyMainContent()) {
            var chosen = main.get();
            var roots = new ArrayList<Element>();
            chosen.told(scan.structured).ifPresent(roots::add);
            if (!chosen.isEmpty()) {
                roots.addFirst(chosen.mark(document.body()));
            }
            if (!roots.isEmpty()) {
                return roots;
            }
        }
        return everything();
    }

    private List<Element> matches(List<String> selectors) {
        var matches = new ArrayList<Element>();
        new Matches(document, scan.effort).css(selectors).forEachRemaining(matches::add);
        return matches;
    }

    private List<Element> everything() {
        var body = document.body();
        if (!showsSomething(body)) {
            Sleeping.wake(body, scan.effort);
        }
        return List.of(body);
    }

    private List<Element> outermost(List<Element> elements) {
        var roots = new ArrayList<Element>();
        for (var element : elements) {
            if (roots.isEmpty() || !isInside(element, roots.getLast())) {
                roots.add(element);
            }
        }
        return roots;
    }

    private boolean isInside(Node node, Element ancestor) {
        for (var n = node; n != null; n = n.parentNode()) {
            scan.effort.step();
            if (n.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    private boolean showsSomething(Element root) {
        var probe = new Probe();
        TreeWalk.over(root, scan.effort, probe);
        return probe.found;
    }

    /** Looks for the first thing that a reader would see. */
    private static final class Probe implements TreeWalk.Visitor {
        private boolean found;

        @Override
        public boolean enter(Element element) {
            var role = Role.of(element);
            if (found || Visibility.hides(element, role)) {
                return false;
            }
            found = role == Role.IMAGE && !element.attr("src").isEmpty();
            return true;
        }

        @Override
        public void leave(Element element) {}

        @Override
        public void text(TextNode text) {
            found = found || !Escape.oneLine(text.getWholeText()).isEmpty();
        }
    }
}
