package io.gleaner.xpath;

import java.util.List;

/** What an expression comes to (XPath 1.0, 1). */
sealed interface Value {

    /** The four types, known when an expression is read: there are no variables. */
    enum Type {
        NODES,
        TEXT,
        NUMBER,
        TRUTH
    }

    /**
     * @param items in document order, each once
     */
    record Nodes(List<Item> items) implements Value {}

    record Text(String text) implements Value {}

    record Number(double number) implements Value {}

    record Truth(boolean truth) implements Value {}
}
