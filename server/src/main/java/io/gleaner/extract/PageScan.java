package io.gleaner.extract;

import io.gleaner.content.PageFacts;
import io.gleaner.dom.Role;
import io.gleaner.dom.TreeWalk;
import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Tag;
import org.jspecify.annotations.Nullable;

/** The one walk over the whole document: gathers what every later step asks for. */
final class PageScan implements TreeWalk.Visitor {

    private static final Set<String> NOT_FOLLOWED = Set.of("nofollow", "ugc", "sponsored");

    /** What the page may still cost: more, now that its size is known. */
    final Effort effort;

    final List<Element> metas = new ArrayList<>();
    final List<Element> links = new ArrayList<>();
    final List<Element> images = new ArrayList<>();
    final List<Element> structured = new ArrayList<>();

    /** References as written, without fragments; true for those that a reader can follow. */
    final Map<String, Boolean> references = new LinkedHashMap<>();

    /** Those among them that only links lead to which ask not to be followed. */
    final Set<String> unfollowed = new LinkedHashSet<>();

    final Set<Element> layoutTables = new HashSet<>();
    @Nullable Element title;
    @Nullable Element firstHeading;
    @Nullable String baseHref;

    private final List<TableShape> tables = new ArrayList<>();
    private final ExtractConfig config;
    private final boolean wantReferences;
    int textChars;
    private int nodes;
    private int unseenDepth;

    private PageScan(ExtractConfig config, boolean wantReferences, Effort effort) {
        this.effort = effort;
        this.config = config;
        this.wantReferences = wantReferences;
    }

    static PageScan of(
            Document document, ExtractConfig config, boolean wantReferences, Effort effort) {
        var scan = new PageScan(config, wantReferences, effort);
        TreeWalk.over(document, effort, scan);
        effort.allow((long) config.stepsEachNode() * scan.nodes);
        return scan;
    }

    @Override
    public void text(TextNode text) {
        count();
        if (unseenDepth == 0) {
            textChars += text.getWholeText().length();
        }
    }

    @Override
    public boolean enter(Element element) {
        count();
        var role = Role.of(element);
        if (role == Role.INLINE) {
            return true;
        }
        if (role == Role.HIDDEN) {
            unseenDepth++;
            return enterHidden(element);
        }
        switch (role) {
            case LINK -> reference(element.attr("href"), true, isFollowed(element));
            case IMAGE -> image(element);
            case HEADING -> {
                if (firstHeading == null && element.normalName().equals("h1")) {
                    firstHeading = element;
                }
                markBlockInCell();
            }
            case TABLE -> {
                markBlockInCell();
                tables.add(new TableShape(element));
            }
            case ROW -> {
                if (!tables.isEmpty()) {
                    tables.getLast().row();
                }
            }
            case CELL -> {
                if (!tables.isEmpty()) {
                    tables.getLast().cell(element.normalName().equals("th"));
                }
            }
            case LIST, PRE, QUOTE, TERM -> markBlockInCell();
            case BLOCK,
                    ITEM,
                    CODE,
                    STRONG,
                    EMPHASIS,
                    STRIKE,
                    QUOTATION,
                    LINE_BREAK,
                    RULE,
                    SUMMARY,
                    MATH,
                    SUPERSCRIPT,
                    SUBSCRIPT,
                    READING,
                    BUTTON,
                    CHECKBOX,
                    INLINE,
                    HIDDEN -> {}
        }
        return true;
    }

    private boolean enterHidden(Element element) {
        switch (element.normalName()) {
            case "meta" -> metas.add(element);
            case "link" -> link(element);
            case "base" -> {
                if (baseHref == null && element.hasAttr("href")) {
                    baseHref = element.attr("href");
                }
            }
            case "title" -> {
                if (title == null && !inDrawing(element)) {
                    title = element;
                }
            }
            case "area" -> reference(element.attr("href"), true, isFollowed(element));
            case "frame", "iframe" -> reference(element.attr("src"), false, true);
            case "source" -> image(element);
            case "script" -> {
                if (element.attr("type").equalsIgnoreCase(PageFacts.STRUCTURED)) {
                    structured.add(element);
                }
            }
            case "template" -> {
                unseenDepth--;
                return false;
            }
            default -> {}
        }
        return true;
    }

    private void link(Element link) {
        links.add(link);
        for (String rel : link.attr("rel").split("\\s+", -1)) {
            if (rel.equalsIgnoreCase("next") || rel.equalsIgnoreCase("prev")) {
                reference(link.attr("href"), false, true);
            }
        }
    }

    private void image(Element image) {
        if (images.size() < config.imagesMax()) {
            images.add(image);
        }
    }

    /** Of those whom the page does not vouch for, search engines follow none. */
    private static boolean isFollowed(Element link) {
        String rel = link.attr("rel");
        if (rel.isEmpty()) {
            return true;
        }
        for (String word : rel.split("\\s+", -1)) {
            if (NOT_FOLLOWED.contains(word.toLowerCase(Locale.ROOT))) {
                return false;
            }
        }
        return true;
    }

    /** Kept as written: the base may come later, and most references of a page repeat. */
    private void reference(String reference, boolean followed, boolean mayFollow) {
        int hash = reference.indexOf('#');
        if (!wantReferences || hash == 0 || reference.length() > config.attributeCharsMax()) {
            return;
        }
        String document = hash < 0 ? reference : reference.substring(0, hash);
        if (document.isEmpty() || document.isBlank()) {
            return;
        }
        if (mayFollow) {
            unfollowed.remove(document);
        } else if (references.size() < config.linksMax() && !references.containsKey(document)) {
            unfollowed.add(document);
        }
        if (references.size() < config.linksMax()) {
            references.merge(document, followed, Boolean::logicalOr);
        } else {
            references.computeIfPresent(document, (_, before) -> before || followed);
        }
    }

    private static boolean inDrawing(Element title) {
        var parent = title.parent();
        return parent != null && parent.normalName().equals("svg");
    }

    private void markBlockInCell() {
        if (!tables.isEmpty()) {
            tables.getLast().block();
        }
    }

    @Override
    public void leave(Element element) {
        var role = Role.of(element);
        if (role == Role.INLINE) {
            return;
        }
        if (role == Role.HIDDEN) {
            unseenDepth--;
            if (element.normalName().equals("noscript")) {
                onlyPicture(element);
            }
            return;
        }
        if (role == Role.TABLE && !tables.isEmpty() && tables.removeLast().isLayout()) {
            layoutTables.add(element);
        }
    }

    /** A picture that stands in for one that a script would load is shown. */
    private static void onlyPicture(Element noscript) {
        var parent = noscript.parent();
        if (parent == null || parent.normalName().equals("head") || noscript.hasText()) {
            return;
        }
        var pictures = noscript.select("img[src]");
        if (pictures.size() == 1 && !isShownBeside(pictures.getFirst(), parent)) {
            noscript.tag(Tag.valueOf("span"));
        }
    }

    private static boolean isShownBeside(Element picture, Element parent) {
        for (var other : parent.select("img, amp-img")) {
            if (!other.equals(picture)
                    && other.closest("noscript") == null
                    && (!other.attr("src").startsWith("data:") || other.hasAttr("data-src"))) {
                return true;
            }
        }
        return false;
    }

    private void count() {
        if (++nodes > config.nodesMax()) {
            throw new ExtractionException("nodesMax", config.nodesMax());
        }
    }
}
