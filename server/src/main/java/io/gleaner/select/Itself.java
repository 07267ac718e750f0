package io.gleaner.select;

import org.jsoup.nodes.Node;

/** The element that a selector is relative to: what {@code > p} starts from. */
record Itself() implements Matcher {

    @Override
    public boolean matches(Node node, Scope scope) {
        return node.equals(scope.root());
    }

    @Override
    public Cost cost() {
        return Cost.FLAT;
    }
}
