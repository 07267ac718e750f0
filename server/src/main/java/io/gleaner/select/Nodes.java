package io.gleaner.select;

import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jspecify.annotations.Nullable;

/** From node to node in document order. */
public final class Nodes {

    private Nodes() {}

    /** The node after this one inside {@code root}, or null after the last. */
    public static @Nullable Node next(Node node, Node root) {
        if (node instanceof Element element && element.childNodeSize() > 0) {
            return element.childNode(0);
        }
        Node at = node;
        while (!at.equals(root)) {
            Node sibling = at.nextSibling();
            if (sibling != null) {
                return sibling;
            }
            Node parent = at.parentNode();
            if (parent == null) {
                return null;
            }
            at = parent;
        }
        return null;
    }
}
