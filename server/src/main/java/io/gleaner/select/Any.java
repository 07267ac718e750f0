package io.gleaner.select;

import java.util.List;
import org.jsoup.nodes.Node;

/** Selectors of which one must hold: those separated by commas, {@code :is(…)}. */
record Any(List<Matcher> choices) implements Matcher {

    static Matcher of(List<Matcher> choices) {
        return choices.size() == 1 ? choices.getFirst() : new Any(List.copyOf(choices));
    }

    @Override
    public boolean matches(Node node, Scope scope) {
        for (var choice : choices) {
            if (choice.matches(node, scope)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Cost cost() {
        return choices.stream().map(Matcher::cost).max(Cost::compareTo).orElse(Cost.FLAT);
    }

    @Override
    public boolean wantsNodes() {
        return choices.stream().anyMatch(Matcher::wantsNodes);
    }
}
