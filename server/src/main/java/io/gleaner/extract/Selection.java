package io.gleaner.extract;

import io.gleaner.job.ContentSpec;
import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the roots of the content and marks what is left out of it by {@link Role#DROPPED}. The
 * tree is ours and read by nobody after the products, so a mark needs no copy and no set.
 */
final class Selection {

    /** A region with less of the page's prose than this is not all of the content. */
    private static final double SHARE_MIN = 0.5;

    private static final double LANDMARK_SHARE_MIN = 0.2;
    private static final int LANDMARK_CHARS_ENOUGH = 400;

    private final Document document;
    private final PageScan scan;
    private final List<Marked> marked = new ArrayList<>();

    private record Marked(Element element, Tag tag) {}

    private Selection(Document document, PageScan scan) {
        this.document = document;
        this.scan = scan;
    }

    /** The elements to write, none inside another, in document order. */
    static List<Element> roots(Document document, PageScan scan, ContentSpec spec) {
        return new Selection(document, scan).choose(spec);
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
            var main = mainContent();
            if (showsSomething(main)) {
                return List.of(main);
            }
            marked.forEach(mark -> mark.element.tag(mark.tag));
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
            // A page that only speaks to readers without scripts: we are one.
            scan.noscripts.forEach(element -> element.tag(Tag.valueOf("div")));
        }
        return List.of(body);
    }

    private Element mainContent() {
        var content = scan.content;
        for (var region : content.boilerplate) {
            if (!region.holdsMain() && region.textChars() <= content.textChars() * SHARE_MIN) {
                dropAround(region.element());
            }
        }
        var landmark = largest(content.landmarks);
        if (landmark != null
                && (landmark.textChars() >= LANDMARK_CHARS_ENOUGH
                        || holds(landmark, LANDMARK_SHARE_MIN))) {
            return landmark.element();
        }
        var densest = content.densest == null ? List.<Region>of() : List.of(content.densest);
        for (var candidates : List.of(content.articles, content.named, densest)) {
            var region = largest(candidates);
            if (region != null && holds(region, SHARE_MIN)) {
                return withTitle(region.element());
            }
        }
        return document.body();
    }

    /** Widened until the page's title is inside. */
    private Element withTitle(Element region) {
        var title = scan.firstHeading;
        Element widened = region;
        while (title != null && !isInside(title, widened)) {
            var parent = widened.parent();
            if (parent == null) {
                return region;
            }
            widened = parent;
        }
        return widened;
    }

    /** Drops it; if the page's title stands inside, drops only what is around the title. */
    private void dropAround(Element boilerplate) {
        var title = scan.firstHeading;
        if (title == null || !isInside(title, boilerplate)) {
            drop(boilerplate);
            return;
        }
        Element kept = title;
        while (!kept.equals(boilerplate)) {
            var parent = kept.parent();
            if (parent == null) {
                return;
            }
            for (var sibling : parent.children()) {
                scan.effort.step();
                if (!sibling.equals(kept) && !isSubtitle(sibling)) {
                    drop(sibling);
                }
            }
            kept = parent;
        }
    }

    private static boolean isSubtitle(Element element) {
        return element.normalName().equals("p") || Role.of(element) == Role.HEADING;
    }

    private void drop(Element element) {
        marked.add(new Marked(element, element.tag()));
        element.tag(Role.DROPPED);
    }

    private boolean holds(Region region, double share) {
        return region.plainChars() > 0 && region.plainChars() >= scan.content.plainChars() * share;
    }

    private @Nullable Region largest(List<Region> regions) {
        Region largest = null;
        for (var region : regions) {
            if (!isDropped(region.element())
                    && (largest == null || region.textChars() > largest.textChars())) {
                largest = region;
            }
        }
        return largest;
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

    private boolean isDropped(Element element) {
        for (var e = element; e != null; e = e.parent()) {
            scan.effort.step();
            if (e.tag().equals(Role.DROPPED)) {
                return true;
            }
        }
        return false;
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
