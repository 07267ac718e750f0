package io.gleaner.select;

import java.util.IdentityHashMap;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/**
 * One evaluation of a selector inside one element, and what relations it has found out: without a
 * memory, {@code a b c d} would try every combination of ancestors.
 */
final class Scope {

    private static final int KNOWN_MAX = 500_000;
    private static final int KNOWN_MAX_NESTED = 20_000;

    private final Element root;
    private final Effort effort;
    private final IdentityHashMap<Matcher, IdentityHashMap<Node, Boolean>> known =
            new IdentityHashMap<>(0);
    private int left;

    private Scope(Element root, Effort effort, int knownMax) {
        this.root = root;
        this.effort = effort;
        this.left = knownMax;
    }

    static Scope of(Element root, Effort effort) {
        return new Scope(root, effort, KNOWN_MAX);
    }

    Scope nested(Element inner) {
        return new Scope(inner, effort, KNOWN_MAX_NESTED);
    }

    Element root() {
        return root;
    }

    Effort effort() {
        return effort;
    }

    @Nullable Boolean known(Matcher relation, Node node) {
        var answers = known.get(relation);
        return answers == null ? null : answers.get(node);
    }

    void remember(Matcher relation, Node node, boolean answer) {
        if (left > 0) {
            left--;
            effort.step();
            known.computeIfAbsent(relation, _ -> new IdentityHashMap<>()).put(node, answer);
        }
    }
}
