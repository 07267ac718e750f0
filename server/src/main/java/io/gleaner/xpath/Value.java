package io.gleaner.xpath;

import java.util.List;

/** What an expression comes to (XPath 1.0, 1). */
sealed interface Value {

    /**
     * @param items in document order, each once
     */
    record Nodes(List<Item> items) implements Value {}

    record Text(String text) implements Value {}

    record Numeric(double number) implements Value {}

    record Truth(boolean truth) implements Value {}
}
