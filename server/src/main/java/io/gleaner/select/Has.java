package io.gleaner.select;

import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;

/** {@code :has(…)}: something inside the element, or after it, matches. */
record Has(List<Branch> branches) implements Matcher {

    /**
     * One of the selectors that are separated by commas.
     *
     * @param after whether it looks at what follows the element, not at what is inside
     */
    record Branch(Matcher matcher, boolean after) {}

    @Override
    public boolean matches(Node node, Scope scope) {
        return node instanceof Element element
                && branches.stream().anyMatch(branch -> matches(branch, element, scope));
    }

    private static boolean matches(Branch branch, Element element, Scope scope) {
        var inner = scope.nested(element);
        if (!branch.after) {
            return anyInside(branch.matcher, element, inner);
        }
        for (Node at = element.nextSibling(); at != null; at = at.nextSibling()) {
            scope.effort().step();
            if (branch.matcher.matches(at, inner) || anyInside(branch.matcher, at, inner)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyInside(Matcher matcher, Node root, Scope inner) {
        for (Node at = Nodes.next(root, root); at != null; at = Nodes.next(at, root)) {
            inner.effort().step();
            if (matcher.matches(at, inner)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Cost cost() {
        return Cost.NESTED;
    }
}
