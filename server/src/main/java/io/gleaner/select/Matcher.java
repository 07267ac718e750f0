package io.gleaner.select;

import org.jsoup.nodes.Node;

/** Whether one node is what a part of a selector asks for. */
interface Matcher {

    /** The order among parts that must all hold: what is cheap comes first. */
    enum Cost {
        FLAT,
        ATTRIBUTES,
        SIBLINGS,
        RELATION,
        TEXT,
        NESTED
    }

    boolean matches(Node node, Scope scope);

    Cost cost();

    /** Whether it can match what is no element: a text, a comment. */
    default boolean wantsNodes() {
        return false;
    }
}
