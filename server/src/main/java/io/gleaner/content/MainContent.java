package io.gleaner.content;

import io.gleaner.dom.Role;
import io.gleaner.select.Effort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/** What of a page is its main content, and what kind of page it is. */
public final class MainContent {

    /**
     * One block as it was judged.
     *
     * @param text of it
     * @param odds log odds that it is main content
     */
    public record Judged(String text, float odds, boolean taken) {}

    private final Outline outline;
    private final Features features;
    private final Model model;
    private final float[] types;
    private final Effort effort;
    private @Nullable Looks looks;

    private MainContent(
            Outline outline, Features features, Model model, float[] types, Effort effort) {
        this.outline = outline;
        this.features = features;
        this.model = model;
        this.types = types;
        this.effort = effort;
    }

    /** Judges a page. Nothing is changed. */
    public static MainContent of(Element body, PageFacts facts, Effort effort) {
        return of(body, facts, Model.shipped(), effort);
    }

    /** The same by another model. */
    public static MainContent of(Element body, PageFacts facts, Model model, Effort effort) {
        Outline outline = Outline.of(body, model.words(), false, effort);
        var features = new Features(outline, facts);
        float[] types = Model.types(model.types(), features.page());
        return new MainContent(outline, features, model, types, effort);
    }

    /** The blocks are looked at when they are asked for: the type of a page costs much less. */
    private Looks looks() {
        var looked = looks;
        if (looked == null) {
            looked = Looks.at(outline, features, types, model, effort);
            looks = looked;
        }
        return looked;
    }

    /** What kind of page it is; empty for one without words. */
    public Optional<PageType> type() {
        if (outline.wordCount() == 0) {
            return Optional.empty();
        }
        int best = 0;
        for (int i = 1; i < types.length; i++) {
            best = types[i] > types[best] ? i : best;
        }
        return Optional.of(PageType.ORDER.get(best));
    }

    /** Whether it has any words at all. */
    public boolean isEmpty() {
        for (boolean one : looks().taken()) {
            if (one) {
                return false;
            }
        }
        return true;
    }

    /** Each block and whether it was taken. */
    public List<Judged> explain() {
        var judged = new ArrayList<Judged>();
        for (Block block : outline.blocks) {
            judged.add(
                    new Judged(
                            block.text().replaceAll("\\s+", " "),
                            looks().odds()[block.index],
                            looks().taken()[block.index]));
        }
        return judged;
    }

    /**
     * The product that the page's structured data tells of, if what was taken does not.
     *
     * @param scripts those of {@link PageFacts#STRUCTURED}
     * @return an element that stands in no tree
     */
    public Optional<Element> told(List<Element> scripts) {
        var product = ToldProduct.of(scripts);
        if (product == null) {
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        for (Block block : outline.blocks) {
            if (looks().taken()[block.index]) {
                texts.add(block.text());
            }
        }
        return product.isMissingIn(texts)
                ? Optional.of(product.element(texts.stream().anyMatch(product::isNamedBy)))
                : Optional.empty();
    }

    /** Marks what was not taken by {@link Role#DROPPED}, and returns what holds the rest. */
    public Element mark(Element body) {
        new Marking(outline, looks().taken(), effort).over();
        return smallest(body);
    }

    /** Inside the body as far as there is one way only. */
    private static Element smallest(Element body) {
        Element root = body;
        while (true) {
            @Nullable Element only = null;
            for (Node child : root.childNodes()) {
                if (child instanceof TextNode text && !text.isBlank()) {
                    return root;
                }
                if (child instanceof Element inner
                        && !inner.tag().equals(Role.DROPPED)
                        && Role.of(inner) != Role.HIDDEN) {
                    if (only != null || Role.of(inner) != Role.BLOCK) {
                        return root;
                    }
                    only = inner;
                }
            }
            if (only == null) {
                return root;
            }
            root = only;
        }
    }
}
