package io.gleaner.select;

import java.util.ArrayList;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/** What stands before a combinator: another node must match, found from this one. */
record Relation(Kind kind, Matcher other) implements Matcher {

    enum Kind {
        PARENT,
        ANCESTOR,
        PREVIOUS,
        EARLIER
    }

    @Override
    public boolean matches(Node node, Scope scope) {
        if (node.equals(scope.root())) {
            return false; // what it is related to would be outside
        }
        return switch (kind) {
            case PARENT -> isMatch(node.parent(), scope);
            case PREVIOUS -> isMatch(previous(node, scope), scope);
            case ANCESTOR, EARLIER -> anyBefore(node, scope);
        };
    }

    private boolean isMatch(@Nullable Node node, Scope scope) {
        scope.effort().step();
        return node != null && other.matches(node, scope);
    }

    private @Nullable Node previous(Node node, Scope scope) {
        Node previous = node.previousSibling();
        while (previous != null && !other.wantsNodes() && !(previous instanceof Element)) {
            scope.effort().step();
            previous = previous.previousSibling();
        }
        return previous;
    }

    /** What is found out for one node holds for those passed on the way, too. */
    private boolean anyBefore(Node node, Scope scope) {
        var passed = new ArrayList<Node>();
        boolean found = false;
        for (Node at = before(node, scope); at != null; at = before(at, scope)) {
            if (isMatch(at, scope)) {
                found = true;
                break;
            }
            Boolean known = scope.known(this, at);
            if (known != null) {
                found = known;
                break;
            }
            passed.add(at);
        }
        for (Node at : passed) {
            scope.remember(this, at, found);
        }
        return found;
    }

    private @Nullable Node before(Node node, Scope scope) {
        if (kind == Kind.EARLIER) {
            return node.previousSibling();
        }
        return node.equals(scope.root()) ? null : node.parent();
    }

    @Override
    public Cost cost() {
        return Cost.RELATION;
    }
}
