package io.gleaner.xpath;

import io.gleaner.select.Effort;
import io.gleaner.select.Nodes;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/** Goes along an axis, in its own order, until it is told to stop. */
final class AxisWalk {

    private final Effort effort;

    /** Answers whether to go on. */
    private final Predicate<Item> visitor;

    AxisWalk(Effort effort, Predicate<Item> visitor) {
        this.effort = effort;
        this.visitor = visitor;
    }

    void along(Axis axis, Item from) {
        Node node = from.node();
        boolean isAttribute = from.attribute() != null;
        switch (axis) {
            case SELF -> visit(from);
            case CHILD -> {
                if (!isAttribute) {
                    siblings(firstChild(node), true);
                }
            }
            case DESCENDANT -> {
                if (!isAttribute) {
                    inside(Nodes.next(node, node), node);
                }
            }
            case DESCENDANT_OR_SELF -> {
                if (visit(from) && !isAttribute) {
                    inside(Nodes.next(node, node), node);
                }
            }
            case PARENT -> {
                Node parent = isAttribute ? node : node.parent();
                if (parent != null) {
                    visit(Item.of(parent));
                }
            }
            case ANCESTOR -> ancestors(isAttribute ? node : node.parent());
            case ANCESTOR_OR_SELF -> {
                if (visit(from)) {
                    ancestors(isAttribute ? node : node.parent());
                }
            }
            case FOLLOWING_SIBLING -> siblings(isAttribute ? null : node.nextSibling(), true);
            case PRECEDING_SIBLING -> siblings(isAttribute ? null : node.previousSibling(), false);
            case FOLLOWING -> following(node, isAttribute);
            case PRECEDING -> preceding(node);
            case ATTRIBUTE -> {
                if (from.isElement()) {
                    attributes(node);
                }
            }
            case NAMESPACE -> {}
        }
    }

    private boolean visit(Item item) {
        effort.step();
        return visitor.test(item);
    }

    private boolean visit(Node node) {
        return visit(Item.of(node));
    }

    private static @Nullable Node firstChild(Node node) {
        return node instanceof Element element && element.childNodeSize() > 0
                ? element.childNode(0)
                : null;
    }

    private void siblings(@Nullable Node first, boolean forward) {
        Node at = first;
        while (at != null && visit(at)) {
            at = forward ? at.nextSibling() : at.previousSibling();
        }
    }

    private void inside(@Nullable Node first, Node root) {
        Node at = first;
        while (at != null && visit(at)) {
            at = Nodes.next(at, root);
        }
    }

    private void ancestors(@Nullable Node first) {
        Node at = first;
        while (at != null && visit(at)) {
            at = at.parent();
        }
    }

    /** What comes after an attribute begins inside its element. */
    private void following(Node node, boolean withInside) {
        Node root = node.root();
        Node at = withInside ? Nodes.next(node, root) : after(node, root);
        inside(at, root);
    }

    /** The node after the whole of this one. */
    private static @Nullable Node after(Node node, Node root) {
        Node last = node;
        while (last instanceof Element element && element.childNodeSize() > 0) {
            last = element.childNode(element.childNodeSize() - 1);
        }
        return Nodes.next(last, root);
    }

    private void preceding(Node node) {
        Set<Node> ancestors = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Node at = node.parent(); at != null; at = at.parent()) {
            effort.step();
            ancestors.add(at);
        }
        Node at = before(node);
        while (at != null) {
            if (ancestors.contains(at)) {
                effort.step();
            } else if (!visit(at)) {
                return;
            }
            at = before(at);
        }
    }

    /** The node before this one in document order. */
    private static @Nullable Node before(Node node) {
        Node at = node.previousSibling();
        if (at == null) {
            return node.parent();
        }
        while (at instanceof Element element && element.childNodeSize() > 0) {
            at = element.childNode(element.childNodeSize() - 1);
        }
        return at;
    }

    private void attributes(Node element) {
        int index = 0;
        for (Attribute attribute : element.attributes()) {
            if (!visit(new Item(element, attribute, index++))) {
                return;
            }
        }
    }
}
