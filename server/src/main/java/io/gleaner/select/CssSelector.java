package io.gleaner.select;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** A CSS selector, or several of which any may match, in jsoup's syntax. */
public final class CssSelector {

    private final Matcher matcher;

    private CssSelector(Matcher matcher) {
        this.matcher = matcher;
    }

    /**
     * @throws RefusedExpressionException when it is nested too deeply or asks for too much
     * @throws IllegalArgumentException when it is no selector
     */
    public static CssSelector parse(String css) {
        return anyOf(List.of(css));
    }

    /** What matches one of them. */
    public static CssSelector anyOf(List<String> selectors) {
        var choices = new ArrayList<Matcher>();
        for (String css : selectors) {
            choices.add(CssParser.parse(css));
        }
        return new CssSelector(Any.of(choices));
    }

    /** The matches in document order, looked for as they are asked for. */
    public Iterator<Element> select(Document document, Effort effort) {
        var scope = Scope.of(document, effort);
        return Stream.<Node>iterate(document, Objects::nonNull, node -> Nodes.next(node, document))
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(
                        element -> {
                            effort.step();
                            return matcher.matches(element, scope);
                        })
                .iterator();
    }
}
