package io.gleaner.select;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** {@code :not(…)}. */
record Not(Matcher inner) implements Matcher {

    @Override
    public boolean matches(Node node, Scope scope) {
        scope.effort().step();
        return (node instanceof Element || wantsNodes()) && !inner.matches(node, scope);
    }

    @Override
    public Cost cost() {
        return inner.cost();
    }

    @Override
    public boolean wantsNodes() {
        return inner.wantsNodes();
    }
}
