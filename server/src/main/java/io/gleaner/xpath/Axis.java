package io.gleaner.xpath;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a step leads (XPath 1.0, 2.2). */
enum Axis {
    CHILD,
    DESCENDANT,
    PARENT,
    ANCESTOR,
    FOLLOWING_SIBLING,
    PRECEDING_SIBLING,
    FOLLOWING,
    PRECEDING,
    ATTRIBUTE,
    NAMESPACE,
    SELF,
    DESCENDANT_OR_SELF,
    ANCESTOR_OR_SELF;

    static Optional<Axis> named(String name) {
        return Stream.of(values())
                .filter(axis -> axis.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name))
                .findFirst();
    }

    /** Whether its nodes come in reverse document order. */
    boolean isReverse() {
        return switch (this) {
            case PARENT, ANCESTOR, ANCESTOR_OR_SELF, PRECEDING, PRECEDING_SIBLING -> true;
            case CHILD,
                    DESCENDANT,
                    FOLLOWING_SIBLING,
                    FOLLOWING,
                    ATTRIBUTE,
                    NAMESPACE,
                    SELF,
                    DESCENDANT_OR_SELF ->
                    false;
        };
    }

    /** Whether it can lead from two nodes to the same one. */
    boolean mayMeet() {
        return this != CHILD && this != ATTRIBUTE && this != SELF;
    }
}
