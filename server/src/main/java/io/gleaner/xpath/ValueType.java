package io.gleaner.xpath;

/** The four types of values, known when an expression is read: there are no variables. */
enum ValueType {
    NODES,
    TEXT,
    NUMBER,
    TRUTH
}
