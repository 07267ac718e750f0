package io.gleaner.select;

import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.Evaluator;

/**
 * A simple selector, matched by jsoup and paid for by what jsoup has to read for it.
 *
 * @param weight how often the characters that are read are gone over
 */
record Simple(Evaluator evaluator, Cost cost, int weight) implements Matcher {

    /** jsoup goes over siblings much faster than from node to node. */
    private static final int SIBLINGS_EACH = 8;

    @Override
    public boolean matches(Node node, Scope scope) {
        if (!(node instanceof Element element)) {
            return false;
        }
        pay(element, scope.effort());
        return evaluator.matches(scope.root(), element);
    }

    private void pay(Element element, Effort effort) {
        switch (cost) {
            case ATTRIBUTES -> {
                for (Attribute attribute : element.attributes()) {
                    effort.chars((long) weight * attribute.getValue().length());
                }
                effort.step();
            }
            case SIBLINGS -> {
                var parent = element.parent();
                int siblings = parent == null ? 0 : parent.childNodeSize();
                effort.steps(1 + (siblings + element.childNodeSize()) / SIBLINGS_EACH);
            }
            case TEXT -> effort.subtree(element, weight);
            case FLAT, RELATION, NESTED -> effort.step();
        }
    }
}
