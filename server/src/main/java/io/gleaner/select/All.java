package io.gleaner.select;

import java.util.Comparator;
import java.util.List;
import org.jsoup.nodes.Node;

/** Parts of a selector that must all hold. */
record All(List<Matcher> parts) implements Matcher {

    static Matcher of(List<Matcher> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : new All(parts.stream().sorted(Comparator.comparing(Matcher::cost)).toList());
    }

    @Override
    public boolean matches(Node node, Scope scope) {
        for (var part : parts) {
            if (!part.matches(node, scope)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Cost cost() {
        return parts.getLast().cost();
    }

    @Override
    public boolean wantsNodes() {
        return parts.stream().anyMatch(Matcher::wantsNodes);
    }
}
